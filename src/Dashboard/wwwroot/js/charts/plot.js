// A chart on the page: drawn when it can be seen, as often as the page can bear, and anew when sizes, colours or the part that is looked at change.

import { h, replace } from "../base/dom.js";
import { themes } from "../base/theme.js";
import { throttle } from "../base/throttle.js";
import { go } from "../base/router.js";
import { config, dressed } from "./look.js";
import { plotly } from "./plotly.js";

export class Plot {
    #area = h("div", { class: "plot-area" });
    #note = h("figcaption", { class: "plot-note" });
    #empty = h("p", { class: "empty" });
    #end = new AbortController();
    #range = null;
    #drawn = null;
    #visible = false;
    #wanted = true;

    /**
     * @param draw given the range of x that is looked at (null: all of it), says what is drawn: { data, layout, label, note } or, when there is nothing, { empty: "why" }.
     * A label says in a sentence what one sees, for those who do not. Points whose customdata is { study, trial } lead to the trial.
     * @param detail whether draw shows more of less when a range of x is looked at
     */
    constructor({ draw, height = 340, detail = false, bundle = "basic" }) {
        this.draw = draw;
        this.detail = detail;
        this.bundle = bundle;
        this.element = h("figure", { class: "plot" }, this.#empty, this.#area, this.#note);
        this.#area.style.height = `${height}px`;
        // A group and no picture: it has buttons in it, to zoom and to save.
        this.#area.setAttribute("role", "group");
        this.ask = throttle(() => this.#redraw(), 250);
        // Read while what is to be drawn is on its way; that it could not be, drawing says.
        plotly(bundle).catch(() => { });
        this.#observer = new IntersectionObserver(seen => {
            this.#visible = seen.at(-1).isIntersecting;
            if (this.#visible && this.#wanted)
                this.ask();
        });
        this.#observer.observe(this.element);
        themes.addEventListener("change", () => this.ask(), { signal: this.#end.signal });
        // What came while the page was hidden is drawn when it is looked at again.
        document.addEventListener("visibilitychange", () => this.ask(), { signal: this.#end.signal });
    }

    #observer;

    /** Back to the whole: another scale or axis makes the old range meaningless. */
    reset() {
        this.#range = null;
        this.#drawn?.purge(this.#area);
        this.#drawn = null;
        this.ask();
    }

    close() {
        this.#end.abort();
        this.#observer.disconnect();
        this.ask.close();
        this.#drawn?.purge(this.#area);
    }

    async #redraw() {
        this.#wanted = !this.#visible || document.hidden;
        if (this.#wanted)
            return;
        const { data, layout, label, note, empty, height } = this.draw(this.#range);
        this.#empty.textContent = empty ?? "";
        this.#empty.hidden = !empty;
        this.#area.hidden = Boolean(empty);
        replace(this.#note, note ?? "");
        if (empty)
            return;
        this.#area.setAttribute("aria-label", label);
        if (height)
            this.#area.style.height = `${height}px`;
        const library = await plotly(this.bundle);
        if (this.#end.signal.aborted)
            return;
        await library.react(this.#area, data, dressed(layout), config);
        if (this.#drawn === null)
            this.#listen();
        this.#drawn = library;
    }

    #listen() {
        this.#area.removeAllListeners?.("plotly_click");
        this.#area.removeAllListeners?.("plotly_relayout");
        this.#area.on("plotly_click", ({ points }) => {
            const { study, trial } = points[0]?.customdata ?? {};
            if (study !== undefined)
                go(["studies", study, "trials", String(trial)]);
        });
        if (!this.detail)
            return;
        this.#area.on("plotly_relayout", change => {
            const before = this.#range;
            if ("xaxis.autorange" in change)
                this.#range = null;
            else if ("xaxis.range[0]" in change)
                this.#range = [change["xaxis.range[0]"], change["xaxis.range[1]"]].map(at => typeof at === "string" ? Date.parse(at.replace(" ", "T")) : at);
            if (this.#range !== before)
                this.ask();
        });
    }
}
