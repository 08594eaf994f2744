// Parallel coordinates: a line per trial across an axis per parameter. Brushing an axis asks the trial table beside it for the trials in that stretch.
// On a canvas of its own: plotly.js draws these by WebGL, which needs scripts made at run time, and those the page's policy forbids.

import { h, replace } from "../base/dom.js";
import { colour, themes } from "../base/theme.js";
import { count } from "../base/format.js";
import { throttle } from "../base/throttle.js";
import { sample } from "../data/thin.js";
import { axesOf } from "./parallel-axes.js";

const most = 3000, margin = { top: 46, bottom: 14, side: 64 }, perAxis = 110;

export class Parallel {
    #canvas = h("canvas", { role: "img" });
    #note = h("figcaption", { class: "plot-note" });
    #scroll = h("div", { class: "parallel-scroll", tabindex: 0, role: "group", "aria-label": "Parallel coordinates" }, this.#canvas);
    #end = new AbortController();
    #axes = [];
    #drag = null;

    /**
     * @param data () => { columns, objectives, params, filters, minimize: whether less of the first objective is better } as of now
     * @param brushed called with an axis' name and its filter, or null when the brush was taken away
     */
    constructor(data, brushed) {
        this.data = data;
        this.brushed = brushed;
        this.element = h("figure", { class: "plot" }, this.#scroll, this.#note);
        this.ask = throttle(() => this.#draw(), 300);
        const listen = (target, name, handle) => target.addEventListener(name, handle, { signal: this.#end.signal });
        listen(this.#canvas, "pointerdown", event => this.#down(event));
        listen(this.#canvas, "pointermove", event => this.#move(event));
        listen(this.#canvas, "pointerup", event => this.#up(event));
        listen(this.#canvas, "pointercancel", () => this.#drag = null);
        listen(themes, "change", this.ask);
        this.#sizes = new ResizeObserver(this.ask);
        this.#sizes.observe(this.#scroll);
    }

    #sizes;

    close() {
        this.#end.abort();
        this.#sizes.disconnect();
        this.ask.close();
    }

    #draw() {
        const { columns, objectives, params, filters } = this.data();
        const rows = [];
        for (let i = 0; i < columns.length; i++) {
            // A trial that lacks a parameter has no line; neither has it in Optuna.
            if (columns.counts(i) && params.every(({ name }) => (columns.params.get(name)?.[i] ?? null) !== null))
                rows.push(i);
        }

        const axes = axesOf(columns, rows, objectives, params);
        const brushes = axes.map(axis => filters.find(filter => filter.name === axis.name)).map((filter, i) => filter ? axes[i].stretch(filter) : null);
        const inside = row => brushes.every((brush, i) => {
            const at = axes[i].place(axes[i].column[row]);
            return brush === null || at >= brush[0] - 1e-9 && at <= brush[1] + 1e-9;
        });
        const chosen = rows.filter(inside), others = chosen.length === rows.length ? [] : rows.filter(row => !inside(row));
        const [front, back] = [sample(chosen, most), sample(others, most / 3)];
        this.#canvas.setAttribute("aria-label", rows.length ? `${count(rows.length)} trials over ${axes.map(axis => axis.label).join(", ")}; ${count(chosen.length)} of them within the filters.` : "No complete trial has all of these parameters.");
        replace(this.#note, front.length < chosen.length ? `${count(front.length)} of ${count(chosen.length)} lines are drawn. ` : "", "Drag along an axis to filter the trials below; click it to clear.");
        this.#paint(axes, front, back, brushes);
    }

    #paint(axes, front, back, brushes) {
        const width = Math.max(this.#scroll.clientWidth, 2 * margin.side + perAxis * (axes.length - 1)), height = 360, dots = devicePixelRatio;
        const canvas = this.#canvas;
        [canvas.width, canvas.height] = [width * dots, height * dots];
        canvas.style.width = `${width}px`;
        canvas.style.height = `${height}px`;
        const pen = canvas.getContext("2d");
        pen.scale(dots, dots);
        const x = i => axes.length < 2 ? width / 2 : margin.side + i * (width - 2 * margin.side) / (axes.length - 1);
        const y = at => height - margin.bottom - at * (height - margin.top - margin.bottom);
        this.#axes = axes.map((axis, i) => ({ axis, x: x(i), brush: brushes[i] }));
        this.#fraction = py => Math.min(1, Math.max(0, (height - margin.bottom - py) / (height - margin.top - margin.bottom)));
        const line = row => {
            pen.beginPath();
            axes.forEach((axis, i) => pen.lineTo(x(i), y(axis.place(axis.column[row]))));
            pen.stroke();
        };
        pen.lineWidth = 1;
        pen.globalAlpha = 0.25;
        pen.strokeStyle = colour("faint");
        back.forEach(line);
        pen.globalAlpha = front.length > 500 ? 0.35 : 0.7;
        // A third each: the worst, those between, and on top the best.
        const shades = ["scale-low", "scale-mid", "scale-high"].map(colour);
        const reached = axes[0].column, sign = this.data().minimize ? 1 : -1;
        front.toSorted((a, b) => sign * (reached[b] - reached[a])).forEach((row, i) => {
            pen.strokeStyle = shades[Math.floor(3 * i / front.length)];
            line(row);
        });
        pen.globalAlpha = 1;
        this.#axes.forEach(one => this.#paintAxis(pen, one, y));
    }

    #fraction = () => 0;

    #paintAxis(pen, { axis, x, brush }, y) {
        pen.strokeStyle = colour("ink");
        pen.lineWidth = 1.2;
        pen.beginPath();
        pen.moveTo(x, y(0));
        pen.lineTo(x, y(1));
        pen.stroke();
        if (brush) {
            pen.fillStyle = colour("accent");
            pen.globalAlpha = 0.35;
            pen.fillRect(x - 7, y(Math.min(1.02, brush[1])), 14, Math.max(3, y(Math.max(-0.02, brush[0])) - y(Math.min(1.02, brush[1]))));
            pen.globalAlpha = 1;
        }

        pen.textAlign = "center";
        pen.font = "600 12px system-ui, sans-serif";
        pen.fillStyle = colour("ink");
        pen.fillText(clip(axis.label, 18), x, 18);
        pen.font = "11px system-ui, sans-serif";
        pen.textAlign = "left";
        pen.strokeStyle = colour("raised");
        pen.lineWidth = 5;
        pen.lineJoin = "round";
        for (const tick of axis.ticks) {
            // On a ground of its own, so that it can be read among the lines.
            pen.strokeText(clip(tick.text, 12), x + 6, y(tick.at) + 4);
            pen.fillText(clip(tick.text, 12), x + 6, y(tick.at) + 4);
        }
    }

    #down(event) {
        const near = this.#axes.find(one => Math.abs(one.x - event.offsetX) < 24);
        if (!near)
            return;
        this.#canvas.setPointerCapture(event.pointerId);
        this.#drag = { axis: near.axis, from: this.#fraction(event.offsetY), moved: false };
    }

    #move(event) {
        const over = this.#axes.some(one => Math.abs(one.x - event.offsetX) < 24);
        this.#canvas.style.cursor = over ? "ns-resize" : "default";
        if (this.#drag)
            this.#drag.moved ||= Math.abs(this.#fraction(event.offsetY) - this.#drag.from) > 0.02;
    }

    #up(event) {
        const drag = this.#drag;
        this.#drag = null;
        if (!drag)
            return;
        const to = this.#fraction(event.offsetY);
        // A click on choices takes the nearest; on numbers it takes the brush away, and a second click on the same choice does too.
        if (drag.moved || drag.axis.choices && !this.#axes.find(one => one.axis.name === drag.axis.name)?.brush)
            this.brushed(drag.axis.name, drag.axis.filter([Math.min(drag.from, to), Math.max(drag.from, to)]));
        else
            this.brushed(drag.axis.name, null);
    }
}

const clip = (text, length) => text.length > length ? `${text.slice(0, length - 1)}…` : text;
