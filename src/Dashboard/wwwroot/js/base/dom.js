// Everything on the page is made here. Text becomes text nodes and nothing else ever does: there is no way from a study's name to markup.

/**
 * An element: h("button", { type: "button", onclick: save }, "Save").
 * on… are listeners, booleans are attributes that are there or not, null and undefined are left out, "class" and "for" are what they are in HTML.
 * Children are nodes, texts, numbers, lists of these, or nothing.
 */
export function h(tag, attributes, ...children) {
    return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes, ...children) {
    return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** Puts other children into an element that stays. */
export function replace(element, ...children) {
    element.replaceChildren(...children.flat(Infinity).filter(present));
    return element;
}

function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (name.startsWith("on"))
            element.addEventListener(name.slice(2), value);
        else if (name === "value")
            element.value = value ?? "";
        else if (value !== null && value !== undefined && value !== false)
            element.setAttribute(name, value === true ? "" : value);
    }

    element.append(...children.flat(Infinity).filter(present));
    return element;
}

function present(child) {
    return child !== null && child !== undefined && child !== false;
}

let lastId = 0;

/** An id nobody else on the page has, for labels. */
export function freshId(what) {
    return `${what}-${++lastId}`;
}

/** A control under its label. */
export function field(label, control, hint) {
    control.id ||= freshId("field");
    const about = hint ? h("small", { id: `${control.id}-hint` }, hint) : null;
    if (about)
        control.setAttribute("aria-describedby", about.id);
    return h("div", { class: "field" }, h("label", { for: control.id }, label), control, about);
}

/** A select of [value, text] pairs, or of texts. */
export function choice(options, chosen, onchange) {
    const select = h("select", { onchange: () => onchange?.(select.value) },
        options.map(option => Array.isArray(option) ? h("option", { value: option[0] }, option[1]) : h("option", { value: option }, option)));
    if (chosen !== undefined && chosen !== null)
        select.value = chosen;
    return select;
}

export function button(text, onclick, attributes) {
    return h("button", { type: "button", onclick, ...attributes }, text);
}

/** A box to tick. @param changed called with whether it is */
export function check(text, on, changed) {
    const box = h("input", { type: "checkbox", id: freshId("check"), onchange: () => changed(box.checked) });
    box.checked = on;
    return h("span", { class: "check" }, box, h("label", { for: box.id }, text));
}
