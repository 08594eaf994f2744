// Not a module, so that it runs before anything is painted: a page chosen dark must not flash white first.
(() => {
    const chosen = localStorage.getItem("optuna-theme");
    if (chosen === "dark" || chosen === "light")
        document.documentElement.dataset.theme = chosen;
})();
