// One study: its head, which stays, and the side of it that is looked at.

import { h, replace } from "../base/dom.js";
import { go, href } from "../base/router.js";
import { objectiveNames, short, time, values } from "../base/format.js";
import { throttle } from "../base/throttle.js";
import { StudyFeed } from "../data/study-feed.js";
import { countsBar, modeBadge } from "../parts/badges.js";
import { StudyActions } from "../parts/study-actions.js";
import { complain, tell } from "../parts/toast.js";

const sides = {
    history: ["History", () => import("./study-history.js")],
    analytics: ["Analytics", () => import("./study-analytics.js")],
    timeline: ["Timeline", () => import("./study-timeline.js")],
    intermediate: ["Intermediate values", () => import("./study-intermediate.js")],
    trials: ["Trials", () => import("./study-trials.js")],
};

/** A side that there is: what an address names may be anything. */
const known = side => Object.hasOwn(sides, side) ? side : "history";

/** Fetches a side's module. */
const fetched = (side, number) => side === "trials" && number !== undefined ? import("./trial.js") : sides[side][1]();

/** #/studies/NAME/SIDE, or #/studies/NAME/trials/NUMBER. */
export async function open(main, [, name, ...rest], search) {
    if (name === undefined) {
        go([]);
        return { close() { } };
    }

    fetched(known(rest[0]), rest[1]).catch(() => { });
    const page = new StudyPage(await StudyFeed.open(name));
    replace(main, page.element);
    await page.turn(rest, search);
    return page;
}

class StudyPage {
    #facts = h("dl", { class: "facts" });
    #tabs = h("nav", { class: "tabs", "aria-label": "Views of the study" });
    #body = h("div");
    #side = null;
    #turns = 0;

    constructor(feed) {
        this.feed = feed;
        const ofName = name => go(["studies", name]);
        this.actions = new StudyActions(feed.study, { renamed: ofName, removed: () => go([]) });
        this.element = h("div", null,
            h("div", { class: "row spread head" }, h("h1", { class: "wrap" }, feed.name), this.actions.element), this.#facts, this.#tabs, this.#body);
        this.#head();
        // Counts move at each trial; nobody reads them that often.
        this.ask = throttle(() => this.#head(), 500);
        feed.on("study", () => feed.study.name === feed.name ? this.ask() : ofName(feed.study.name));
        feed.on("deleted", () => {
            tell(`${feed.name} was deleted.`);
            go([]);
        });
    }

    /** Another side of the same study: the head, and what is loaded, stay. */
    update([first, name, ...rest], search) {
        if (first !== "studies" || name !== this.feed.name)
            return false;
        this.turn(rest, search).catch(complain);
        return true;
    }

    async turn([named, number], search) {
        const mine = ++this.#turns, side = known(named);
        document.title = `${number === undefined ? sides[side][0] : `Trial ${number}`} – ${this.feed.name} – Optuna`;
        replace(this.#tabs, Object.entries(sides).map(([key, [title]]) =>
            h("a", { href: href(["studies", this.feed.name, key]), "aria-current": key === side ? "page" : null }, title)));
        this.#tabs.querySelector("[aria-current]").scrollIntoView({ block: "nearest", inline: "nearest" });
        const module = await fetched(side, number);
        if (mine !== this.#turns)
            return;
        this.#side?.close();
        this.#side = module.open(this.feed, search, number);
        replace(this.#body, this.#side.element);
    }

    close() {
        this.#turns++;
        this.#side?.close();
        this.ask.close();
        this.feed.close();
    }

    #head() {
        const { study } = this.feed;
        this.actions.show(study);
        const fact = (title, ...content) => h("div", null, h("dt", null, title), h("dd", null, content));
        const best = study.best_trial;
        replace(this.#facts,
            fact("Mode", modeBadge(study.mode)),
            fact("Trials", countsBar(study.counts), study.budget === null ? null : h("small", null, `budget ${study.budget}`)),
            fact(study.directions.length > 1 ? "Objectives" : "Best value", best
                ? h("a", { href: href(["studies", study.name, "trials", String(best.number)]) }, `${values(best.values)} (trial ${best.number})`)
                : study.directions.length > 1 ? objectiveNames(study).map((name, i) => h("div", null, `${name}: ${study.directions[i]}`)) : short(null)),
            study.directions.length > 1 ? null : fact("Direction", study.directions[0]),
            fact("Sampler", study.sampler ?? "–"), fact("Pruner", study.pruner ?? "–"), fact("Created", time(study.created)));
    }
}
