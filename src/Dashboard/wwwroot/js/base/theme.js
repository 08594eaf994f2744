// Dark, light, or as the system is.

const next = { auto: "dark", dark: "light", light: "auto" };

/** Told when colours change, so that charts can be drawn in the new ones. */
export const themes = new EventTarget();

const system = matchMedia("(prefers-color-scheme: dark)");

function chosen() {
    return document.documentElement.dataset.theme ?? "auto";
}

function choose(theme) {
    if (theme === "auto") {
        delete document.documentElement.dataset.theme;
        localStorage.removeItem("optuna-theme");
    } else {
        document.documentElement.dataset.theme = theme;
        localStorage.setItem("optuna-theme", theme);
    }

    themes.dispatchEvent(new Event("change"));
}

/** The switch in the head of the page. */
export function initTheme(button) {
    const show = () => {
        button.textContent = { auto: "◐ Auto", dark: "● Dark", light: "○ Light" }[chosen()];
        button.setAttribute("aria-label", `Colours: ${chosen()}. Change to ${next[chosen()]}`);
    };
    button.addEventListener("click", () => {
        choose(next[chosen()]);
        show();
    });
    system.addEventListener("change", () => themes.dispatchEvent(new Event("change")));
    show();
}

/** A colour of the style sheet, for what is drawn by script. */
export function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
