// Notes are Markdown. This turns the part of it that notes need into nodes: headings, paragraphs, lists, quotes, code, rules, tables, emphasis, links.
// Markup in a note stays the text it is. Pictures become links: the page asks no other host for anything.

import { h } from "../base/dom.js";
import { inline } from "./markdown-inline.js";

/** Blocks, in the order in which a line is tried against them. */
const blocks = [code, heading, rule, quote, table, list, paragraph];

/** @returns {Node[]} */
export function markdown(source) {
    const lines = source.replace(/\r\n?/g, "\n").split("\n");
    const nodes = [];
    for (let at = 0; at < lines.length;) {
        if (!lines[at].trim()) {
            at++;
            continue;
        }

        for (const block of blocks) {
            const found = block(lines, at);
            if (found) {
                nodes.push(found.node);
                at = found.end;
                break;
            }
        }
    }

    return nodes;
}

function code(lines, at) {
    if (!lines[at].startsWith("```"))
        return null;
    let end = at + 1;
    while (end < lines.length && !lines[end].startsWith("```"))
        end++;
    return { node: h("pre", { tabindex: 0 }, h("code", null, lines.slice(at + 1, end).join("\n"))), end: end + 1 };
}

function heading(lines, at) {
    const match = /^(#{1,6})\s+(.*)$/.exec(lines[at]);
    // The page has its own first two levels.
    return match && { node: h(`h${Math.min(6, match[1].length + 2)}`, null, inline(match[2])), end: at + 1 };
}

function rule(lines, at) {
    return /^\s*([-*_])(\s*\1){2,}\s*$/.test(lines[at]) ? { node: h("hr"), end: at + 1 } : null;
}

function quote(lines, at) {
    const end = whileTrue(lines, at, line => /^\s*>/.test(line));
    return end === at ? null : { node: h("blockquote", null, markdown(lines.slice(at, end).map(line => line.replace(/^\s*> ?/, "")).join("\n"))), end };
}

function table(lines, at) {
    if (!lines[at].includes("|") || !/^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[at + 1] ?? ""))
        return null;
    const end = whileTrue(lines, at + 2, line => line.includes("|"));
    const cells = line => line.trim().replace(/^\||\|$/g, "").split("|").map(cell => inline(cell.trim()));
    const row = (line, tag) => h("tr", null, cells(line).map(cell => h(tag, null, cell)));
    return {
        node: h("table", null, h("thead", null, row(lines[at], "th")), h("tbody", null, lines.slice(at + 2, end).map(line => row(line, "td")))), end,
    };
}

function list(lines, at) {
    const item = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
    const first = item.exec(lines[at]);
    if (!first)
        return null;
    const items = [];
    let end = at;
    for (; end < lines.length && lines[end].trim(); end++) {
        const match = item.exec(lines[end]);
        if (match && match[1].length <= first[1].length)
            items.push([match[3]]);
        else
            items.at(-1).push(lines[end].slice(first[1].length + 2));
    }

    // What is indented below an item is blocks of its own: lists in lists.
    const node = h(/\d/.test(first[2]) ? "ol" : "ul", null,
        items.map(([head, ...more]) => h("li", null, inline(head), more.length ? markdown(more.join("\n")) : null)));
    return { node, end };
}

function paragraph(lines, at) {
    const end = whileTrue(lines, at + 1, (line, i) => line.trim() && !blocks.slice(0, -1).some(block => block(lines, i)));
    return { node: h("p", null, inline(lines.slice(at, end).join("\n"))), end };
}

function whileTrue(lines, at, fits) {
    let end = at;
    while (end < lines.length && fits(lines[end], end))
        end++;
    return end;
}
