// What administrators do: staff, the audit log, the brand, the wizard's step.

import { bag, list, text, whole } from "../shape";
import type { Brand, Role, Step } from "./account";
import { get, nothing, post, query } from "./call";

export interface Colleague {
    id: string;
    name: string;
    email: string;
    role: Role;
    totp: boolean;
    disabled: boolean;
    /** 0: never. */
    lastSeen: number;
    /** Has not used the invitation yet. */
    invited: boolean;
}

export interface AuditRow {
    id: string;
    at: number;
    actor: string;
    action: string;
    object: string;
    address: string;
    detail: string;
}

export interface AuditFilter {
    action: string;
    who: string;
}

export const listStaff = () =>
    get("/v1/staff", (value) => list(bag(value).staff).map((one): Colleague => {
        const b = bag(one);
        return {
            id: text(b.id), name: text(b.name), email: text(b.email),
            role: b.role === "admin" ? "admin" : "technician",
            totp: b.totp === true, disabled: b.disabled === true,
            lastSeen: whole(b.last_seen),
            invited: b.invited === true || (typeof b.invited === "number" && b.invited > 0),
        };
    }));

const link = (value: unknown) => text(bag(value).link);

export const addStaff = (name: string, email: string, role: Role) =>
    post("/v1/staff", { name, email, role }, link);

export const changeStaff = (id: string, change: { role?: Role; disabled?: boolean }) =>
    post(`/v1/staff/${encodeURIComponent(id)}`, change, nothing);

export const resetStaff = (id: string) =>
    post(`/v1/staff/${encodeURIComponent(id)}/reset`, {}, link);

export const readAudit = (filter: AuditFilter, before: string) =>
    get(`/v1/audit${query({ before, ...filter })}`, (value) => ({
        more: bag(value).more === true,
        rows: list(bag(value).rows).map((one): AuditRow => {
            const b = bag(one);
            return {
                id: text(b.id), at: whole(b.at), actor: text(b.actor), action: text(b.action),
                object: text(b.object), address: text(b.address), detail: text(b.detail),
            };
        }),
    }));

export const auditCsv = (filter: AuditFilter) => `/v1/audit.csv${query({ ...filter })}`;

export const setBrand = (brand: Brand) => post("/v1/setup/brand", brand, nothing);

export const setStep = (step: Step) => post("/v1/setup/step", { step }, nothing);
