// The nodes, the workers and what they hold; and the studies, to be steered from one place.

import { button, h, replace } from "../base/dom.js";
import { get, post, query } from "../base/api.js";
import { href } from "../base/router.js";
import { may } from "../base/session.js";
import { count, duration, short, time } from "../base/format.js";
import { countsBar, modeBadge } from "../parts/badges.js";
import { panel } from "../parts/panel.js";
import { StudyActions } from "../parts/study-actions.js";
import { attempt } from "../parts/toast.js";

// There are no events for this: what a node measures changes all the time.
const rest = 2000;
const mostStudies = 20;

export async function open(main) {
    document.title = "Cluster – Optuna";
    const page = new Cluster();
    replace(main, page.element);
    await page.load();
    return page;
}

class Cluster {
    #load = h("dl", { class: "facts", "aria-label": "This node" });
    #wrong = h("p", { class: "wrong", role: "alert" });
    #tables = {
        nodes: new LiveTable("Nodes", ["Address", "Status", "Roles", "Shards", "Studies", "Since", "Actions"]),
        workers: new LiveTable("Workers", ["Worker", "Study", "Slots in use", "Running trials", "Last heard", "Actions"]),
        leases: new LiveTable("Leases", ["Study", "Trial", "Worker", "Token", "Ends in"]),
        studies: new LiveTable("Studies", ["Study", "Mode", "Trials", "Actions"]),
    };
    #actions = new Map();
    #timer;
    #closed = false;

    constructor() {
        const { nodes, workers, leases, studies } = this.#tables;
        this.element = h("div", null, h("h1", null, "Cluster"), this.#wrong, panel("Load of this node", this.#load),
            panel("Nodes", nodes.element), panel("Workers", workers.element), panel("Studies", studies.element), panel("Leases", leases.element));
    }

    close() {
        this.#closed = true;
        clearTimeout(this.#timer);
    }

    async load() {
        clearTimeout(this.#timer);
        try {
            // Nobody looks: nothing is asked.
            if (!document.hidden)
                await this.#renew();
            this.#wrong.textContent = "";
        } catch (error) {
            this.#wrong.textContent = error.message;
        } finally {
            if (!this.#closed)
                this.#timer = setTimeout(() => this.load(), rest);
        }
    }

    async #renew() {
        const [cluster, { workers }, { leases }, load, { studies }] = await Promise.all(
            [get("cluster"), get("workers"), get("leases"), get("load"), get("studies" + query({ sort: "-updated", limit: mostStudies }))]);
        const fact = (title, content) => h("div", null, h("dt", null, title), h("dd", null, content));
        const latency = ({ p50, p99 }) => p50 === null ? "nothing yet" : `${short(p50)} ms, 99 %: ${short(p99)} ms`;
        replace(this.#load,
            fact("Node", cluster.self), fact("Leader", cluster.leader ?? "–"), fact("Trials per second", short(load.trials_per_second)), fact("Queue depth", count(load.queue_depth)),
            fact("Suggestion", latency(load.suggest_ms)), fact("Journal write", latency(load.journal_ms)), fact("Journal lag", short(load.journal_lag)));
        this.#tables.nodes.show(cluster.nodes.map(node => [node.address, [
            node.address, node.status + (node.drained ? ", drained" : ""), node.roles.join(", "), node.shards, node.studies, time(node.since),
            may("admin") ? (node.drained ? this.#order("Resume", node.address, `cluster/nodes/${encodeURIComponent(node.address)}/resume`)
                : this.#order("Drain", node.address, `cluster/nodes/${encodeURIComponent(node.address)}/drain`)) : ""]]));
        this.#tables.workers.show(workers.map(worker => [`${worker.study} ${worker.id}`, [
            worker.id, ofStudy(worker.study), worker.running.length, worker.running.map(trial => [ofTrial(worker.study, trial), " "]), `${duration(worker.last_heard)} ago`,
            worker.draining ? "draining" : may("write") ? this.#order("Drain", worker.id, `studies/${encodeURIComponent(worker.study)}/workers/${encodeURIComponent(worker.id)}/drain`) : ""]]));
        this.#tables.leases.show(leases.map(lease => [`${lease.study} ${lease.trial}`, [
            ofStudy(lease.study), ofTrial(lease.study, lease.trial), lease.worker, lease.token, duration(lease.expires_in)]]));
        this.#tables.studies.show(studies.map(study => [study.name, [ofStudy(study.name), modeBadge(study.mode), countsBar(study.counts), this.#actionsOf(study)]]));
    }

    /** The same element each time, so that a button that has the focus keeps it. */
    #actionsOf(study) {
        if (!this.#actions.has(study.name)) {
            const again = () => this.load();
            this.#actions.set(study.name, new StudyActions(study, { renamed: again, removed: again, changed: again }));
        }

        const actions = this.#actions.get(study.name);
        actions.show(study);
        return actions.element;
    }

    #order(text, whom, path) {
        const go = async () => {
            await attempt(() => post(path), `${text}: ${whom}.`);
            await this.load();
        };
        return button(text, go, { class: "bare", "aria-label": `${text} ${whom}`, "data-key": `${text} ${whom}` });
    }
}

const ofStudy = name => h("a", { href: href(["studies", name]), "data-key": name }, name);

const ofTrial = (study, trial) => h("a", { href: href(["studies", study, "trials", String(trial)]), "data-key": `${study} ${trial}` }, String(trial));

/** A table whose rows come anew every moment while somebody works with it. */
class LiveTable {
    #body = h("tbody");

    constructor(caption, titles) {
        this.titles = titles;
        this.element = h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": caption }, h("table", null, h("caption", { class: "sr" }, caption),
            h("thead", null, h("tr", null, titles.map(title => h("th", { scope: "col" }, title)))), this.#body));
    }

    /** @param rows [key, cells] */
    show(rows) {
        const active = this.#body.contains(document.activeElement) ? document.activeElement : null;
        replace(this.#body, rows.length ? rows.map(([, [first, ...cells]]) => h("tr", null, h("th", { scope: "row", class: "wrap" }, first), cells.map(cell => h("td", { class: "wrap" }, cell))))
            : h("tr", null, h("td", { colspan: this.titles.length, class: "muted" }, "None.")));
        // Either the very element is back, or one made for the same purpose.
        if (active && document.activeElement !== active)
            (this.#body.contains(active) ? active : [...this.#body.querySelectorAll("[data-key]")].find(one => one.dataset.key === active.dataset.key))?.focus({ preventScroll: true });
    }
}
