// The door, where the coordinators ask for tokens.

import { field, h, replace } from "../base/dom.js";
import { login } from "../base/session.js";

/** @param entered called once somebody is in */
export function openLogin(main, entered) {
    document.title = "Log in – Optuna";
    const token = h("input", { type: "password", autocomplete: "current-password", required: true });
    const wrong = h("p", { class: "wrong", role: "alert" });
    const form = h("form", { class: "card login" },
        h("h1", null, "Log in"), h("p", null, "These coordinators ask for a token."), field("Token", token), wrong,
        h("button", { type: "submit", class: "primary" }, "Log in"));
    form.addEventListener("submit", async event => {
        event.preventDefault();
        wrong.textContent = "";
        try {
            await login(token.value.trim());
            entered();
        } catch (error) {
            wrong.textContent = error.status === 401 ? "This token is not known here." : error.message;
            token.select();
        }
    });
    replace(main, form);
    token.focus();
    return { close() { } };
}
