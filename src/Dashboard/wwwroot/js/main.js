// Begins: who is looking, which view the address names, and what the head of the page shows.

import { button, h, replace } from "./base/dom.js";
import { unauthorized } from "./base/api.js";
import { linkState, links } from "./base/live.js";
import { href, route } from "./base/router.js";
import * as session from "./base/session.js";
import { initTheme } from "./base/theme.js";
import { openLogin } from "./pages/login.js";
import { attempt } from "./parts/toast.js";

const main = document.getElementById("main");

/** Views by the first part of the address; each is fetched when it is first wanted. */
const views = {
    "": () => import("./pages/studies.js"),
    compare: () => import("./pages/compare.js"),
    studies: () => import("./pages/study.js"),
    cluster: () => import("./pages/cluster.js"),
};

const viewOf = (name = "") => Object.hasOwn(views, name) ? views[name] : undefined;

let shown = null, turn = 0;

async function show() {
    const mine = ++turn;
    const { parts, query } = route();
    // A question about a view that is left is not asked any more.
    document.querySelectorAll("dialog[open]").forEach(dialog => dialog.close());
    for (const link of document.querySelectorAll("[data-nav]")) {
        if ((link.dataset.nav === "cluster") === (parts[0] === "cluster"))
            link.setAttribute("aria-current", "page");
        else
            link.removeAttribute("aria-current");
    }

    // A view that only turns to another of its own sides does so itself.
    if (shown?.update?.(parts, query))
        return;
    const moved = shown !== null;
    shown?.close();
    shown = null;
    const known = viewOf(parts[0]);
    if (!known)
        return missing("There is no such page.");
    try {
        const view = await known();
        // Whoever has clicked on meanwhile wants something else.
        if (mine !== turn)
            return;
        const opened = await view.open(main, parts, query);
        if (mine !== turn)
            return opened.close();
        shown = opened;
        if (moved)
            main.focus({ preventScroll: true });
    } catch (error) {
        if (mine === turn && error.status !== 401)
            missing(error.message);
    }
}

function missing(sentence) {
    document.title = "Not found – Optuna";
    replace(main, h("h1", null, "Nothing to see here"), h("p", null, sentence), h("div", { class: "row" }, button("Try again", show), h("a", { href: href([]) }, "All studies")));
    shown = { close() { } };
}

function askForToken() {
    turn++;
    shown?.close();
    shown = openLogin(main, begin);
    head();
}

async function begin() {
    try {
        // The view is fetched while we are told who looks; what goes wrong with that is said when it is shown.
        viewOf(route().parts[0])?.().catch(() => { });
        const me = await session.load();
        head();
        if (me.tokens_required && !me.role)
            askForToken();
        else
            await show();
    } catch (error) {
        missing(error.message);
        shown = null;
    }
}

/** Who is logged in, if anybody has to be. */
function head() {
    const out = document.getElementById("session"), me = session.current();
    out.hidden = !(me?.tokens_required && me.role);
    out.textContent = `Log out (${me?.role})`;
}

function showLink() {
    const badge = document.getElementById("link"), state = linkState();
    badge.className = `link ${state ?? ""}`;
    const words = { live: "Live", connecting: "Connecting…", lost: "Reconnecting…" }[state] ?? "";
    // Said once, not at each event.
    if (badge.textContent !== words)
        badge.textContent = words;
}

links.addEventListener("change", showLink);
unauthorized.addEventListener("unauthorized", askForToken);
addEventListener("hashchange", show);
document.querySelector(".skip").addEventListener("click", event => {
    // The address after # is the view's: it must not become "main".
    event.preventDefault();
    main.focus();
});
document.getElementById("session").addEventListener("click", () => attempt(async () => {
    await session.logout();
    await begin();
}));
initTheme(document.getElementById("theme"));
begin();
