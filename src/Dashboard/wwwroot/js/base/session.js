// Who is looking, and what they may do.

import { get, post, remove } from "./api.js";

const ranks = { read: 1, write: 2, admin: 3 };

let me = null;

/** Asked again after each login. */
export async function load() {
    me = await get("me");
    return me;
}

export const current = () => me;

/** Whether the one who looks has this role ("read", "write", "admin") or a greater one. The API decides; this only spares people buttons that would be refused. */
export const may = role => (ranks[me?.role] ?? 0) >= ranks[role];

/** The token goes into a cookie that scripts cannot read; nothing of it stays here. */
export async function login(token) {
    await post("session", {}, { Authorization: `Bearer ${token}` });
    return load();
}

export async function logout() {
    await remove("session");
    me = null;
}
