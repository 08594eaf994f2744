// What stands within a line of Markdown: code, emphasis, links. Each pattern's groups go to nodes, never to markup.

import { h } from "../base/dom.js";

const patterns = [
    [/`([^`]+)`/, match => h("code", null, match[1])],
    [/!?\[([^\]]*)\]\(([^()\s]+)\)/, match => link(match[2], inline(match[1] || match[2]))],
    [/\bhttps?:\/\/[^\s<>()]+[^\s<>().,;:!?]/, match => link(match[0], [match[0]])],
    [/\*\*(.+?)\*\*/s, match => h("strong", null, inline(match[1]))],
    [/__(.+?)__/s, match => h("strong", null, inline(match[1]))],
    [/~~(.+?)~~/s, match => h("del", null, inline(match[1]))],
    [/\*(\S(?:.*?\S)??)\*/s, match => h("em", null, inline(match[1]))],
    [/(?<![\w])_(\S(?:.*?\S)??)_(?!\w)/s, match => h("em", null, inline(match[1]))],
];

/** @returns {(Node|string)[]} */
export function inline(text) {
    const nodes = [];
    for (let rest = text; rest;) {
        let first = null;
        for (const [pattern, make] of patterns) {
            const match = pattern.exec(rest);
            if (match && (first === null || match.index < first.match.index))
                first = { match, make };
        }

        if (first === null) {
            nodes.push(rest);
            break;
        }

        if (first.match.index > 0)
            nodes.push(rest.slice(0, first.match.index));
        nodes.push(first.make(first.match));
        rest = rest.slice(first.match.index + first.match[0].length);
    }

    return nodes;
}

/** Only addresses that lead somewhere are links; javascript: and data: are the text they are. */
function link(address, content) {
    return /^(https?:|mailto:|#)/i.test(address)
        ? h("a", { href: address, rel: "noopener noreferrer nofollow", ...(address.startsWith("#") ? {} : { target: "_blank" }) }, content)
        : h("span", null, content);
}
