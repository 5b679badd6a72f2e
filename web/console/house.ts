// Who is signed in, and which page is shown. Holds the desk while somebody is in.

import { paintBrand } from "../widget/brand";
import { Desk } from "./desk";
import { forgetFiles } from "./files";
import { language, readChoice, speakAsChosen } from "./language";
import { clearKept, recall, remember } from "./keep";
import * as account from "./rest/account";
import type { Brand, Outside, Session, Step } from "./rest/account";
import { whenSignedOut } from "./rest/call";
import { setStep } from "./rest/office";
import { Notifier } from "./notify";
import { UNCHOSEN } from "./notify_rules";
import type { Notify } from "./notify_rules";
import { readNotify } from "./rest/notify";
import { settle } from "./place";
import { FOR_ALL, hashOf, parseRoute, takeLink } from "./route";
import type { LinkToken, Route } from "./route";

export interface HouseState {
    phase: "asking" | "unreachable" | "outside" | "link" | "in";
    session: Session | null;
    outside: Outside;
    /** Why the sign-in page is shown, when there is a reason to tell. */
    notice: "expired" | "left" | "everywhere" | null;
    link: LinkToken | null;
    route: Route;
    /** Counts the moves from page to page; 0: the page that was loaded. */
    turn: number;
    /** What is spoken: what is rendered belongs to one language. */
    language: string;
    /** What this member wants to hear. */
    notify: Notify;
}

const nobody: Outside = { setupNeeded: false, brand: { name: "", color: "" }, oidc: null };
const WHO = "who";
const WHERE = "where";

export class House {
    state: HouseState;
    desk: Desk | null = null;
    notifier: Notifier | null = null;
    private readonly listeners = new Set<() => void>();

    constructor() {
        const link = takeLink();
        this.state = {
            phase: link === null ? "asking" : "link", session: null, outside: nobody,
            notice: null, link, route: parseRoute(window.location.hash), turn: 0,
            language: language(), notify: UNCHOSEN,
        };
    }

    /** Begin. Once. */
    start(): void {
        whenSignedOut(() => this.expired());
        window.addEventListener("popstate", () => this.moved());
        window.addEventListener("hashchange", () => {
            const link = takeLink();
            if (link !== null) this.set({ phase: "link", link });
            else if (this.state.phase === "link") this.dropLink();
        });
        void this.ask();
    }

    subscribe(listener: () => void): () => void {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    set(patch: Partial<HouseState>): void {
        this.state = { ...this.state, ...patch };
        for (const listener of this.listeners) listener();
    }

    /** Ask the server who we are, and open or show the door. */
    async ask(): Promise<void> {
        const answer = await account.whoAmI();
        const isLink = this.state.link !== null;
        if (answer.ok) {
            if (isLink) this.set({ outside: { ...nobody, brand: answer.value.brand } });
            if (isLink) this.paint(answer.value.brand);
            else this.enter(answer.value);
        } else if ("outside" in answer) {
            this.leaveDesk();
            this.paint(answer.outside.brand);
            const { phase, notice } = this.state;
            this.set({ outside: answer.outside, session: null,
                phase: isLink ? "link" : "outside", notice: phase === "in" ? "expired" : notice });
        } else if (!isLink && this.state.phase !== "in") {
            this.set({ phase: "unreachable" });
        }
    }

    askAgain(): void {
        this.set({ phase: "asking" });
        void this.ask();
    }

    /** Somebody is in: on to where they were going, or to the wizard while it is not through. */
    enter(session: Session): void {
        // Drafts of another person are not this one's to send.
        if (recall(WHO) !== session.email) this.forget();
        remember(WHO, session.email);
        this.comeBack();
        const first = this.state.phase !== "in";
        this.paint(session.brand);
        this.set({ phase: "in", session, link: null, notice: null });
        if (this.desk === null) {
            this.desk = new Desk(session.name, () => void this.ask());
            this.notifier = this.desk.watcher = new Notifier(this, this.desk);
            this.desk.start();
            void this.askLanguage();
            void this.askNotify();
        }
        const { route } = this.state;
        if (session.role !== "admin" && !FOR_ALL.includes(route.page)) this.go({ page: "inbox" });
        else if (first && session.step !== null && window.location.hash === "")
            this.go({ page: "setup" });
        else if (first) this.set({ turn: 0 });
    }

    private async askLanguage(): Promise<void> {
        const choice = await readChoice();
        if (choice.ok) await this.speak(choice.value);
    }

    private async askNotify(): Promise<void> {
        const choice = await readNotify();
        if (choice.ok) this.set({ notify: choice.value.value });
    }

    /** As this member chose; "": as the browser does. */
    async speak(choice: string): Promise<void> {
        if (await speakAsChosen(choice)) this.set({ language: language() });
    }

    /** The session has ended by itself. */
    expired(): void {
        if (this.state.phase !== "in") return;
        this.leaveDesk();
        this.set({ phase: "asking", session: null, notice: "expired" });
        void this.ask();
    }

    async signOut(): Promise<void> {
        const answer = await account.signOut();
        if (answer.ok || answer.problem.status !== 0) this.left("left");
    }

    /** Signed out on purpose: nothing of this person stays in the tab. */
    left(notice: "left" | "everywhere"): void {
        this.leaveDesk();
        this.forget();
        remember(WHO, "");
        window.history.replaceState(null, "", window.location.pathname);
        this.set({ phase: "asking", session: null, notice, route: { page: "inbox" } });
        void this.ask();
    }

    private forget(): void {
        clearKept();
        forgetFiles();
    }

    private leaveDesk(): void {
        settle();
        this.notifier?.stop();
        this.desk?.stop();
        this.notifier = this.desk = null;
        this.set({ notify: UNCHOSEN });
    }

    /** Sign-in by another server loses the part after "#": keep it for the way back. */
    keepPlace(): void {
        remember(WHERE, window.location.hash);
    }

    private comeBack(): void {
        const kept = recall(WHERE);
        remember(WHERE, "");
        if (window.location.hash !== "" || !/^#(\/|c=)/.test(kept)) return;
        window.history.replaceState(null, "", window.location.pathname + kept);
        this.set({ route: parseRoute(kept) });
    }

    dropLink(): void {
        this.set({ phase: "asking", link: null, route: parseRoute(window.location.hash) });
        void this.ask();
    }

    // ---- moving about ----

    go(route: Route): void {
        settle();
        window.history.pushState(null, "", window.location.pathname + hashOf(route));
        this.moved();
    }

    /** The same page, about something else: no move. */
    become(route: Route): void {
        settle();
        window.history.replaceState(null, "", window.location.pathname + hashOf(route));
        this.set({ route });
    }

    /** The inbox, with this conversation open, at this message. */
    showConversation(id: string, seq = 0): void {
        const at = seq === 0 ? "" : `/${seq}`;
        const here = this.state.route.page === "inbox";
        settle();
        window.history.pushState(null, "", `${window.location.pathname}#c=${id}${at}`);
        this.moved();
        if (here) this.desk?.arrive();
    }

    private moved(): void {
        const asked = parseRoute(window.location.hash);
        const mine = this.state.session?.role === "admin" || FOR_ALL.includes(asked.page);
        const route: Route = mine ? asked : { page: "inbox" };
        if (!mine) window.history.replaceState(null, "", window.location.pathname);
        const same = hashOf(route) === hashOf(this.state.route);
        this.set({ route, ...(!same && { turn: this.state.turn + 1 }) });
        if (!same && route.page === "inbox") this.desk?.arrive();
    }

    // ---- what pages change for all ----

    patch(change: Partial<Session>): void {
        if (this.state.session === null) return;
        if (change.brand !== undefined) this.paint(change.brand);
        this.set({ session: { ...this.state.session, ...change } });
    }

    /** The wizard goes to this step, and a return finds it there. */
    async step(step: Step): Promise<void> {
        this.patch({ step: step === "done" ? null : step });
        await setStep(step);
    }

    private paint(brand: Brand): void {
        paintBrand(brand.color);
    }
}
