import { useState } from "preact/hooks";

import { matching } from "../../canned";
import type { Canned } from "../../canned";
import { listCanned, removeCanned } from "../../rest/canned";
import type { Session } from "../../rest/account";
import { strings } from "../../strings";
import { useLoad } from "../../use";
import { Confirm } from "../form/Confirm";
import { Field } from "../form/Field";
import { Trouble } from "../form/Trouble";
import { Page } from "../shell/Page";
import { CannedDialog } from "./CannedDialog";
import { CannedRows } from "./CannedRows";

type Open = { what: "put"; one: Canned } | { what: "remove"; one: Canned };

const blank: Canned = { id: "", shared: false, shortcut: "", name: "", text: "" };

/** What is said often: one's own, and what is for all. */
export function CannedPage({ session, take }: { session: Session; take: boolean }) {
    const words = strings.canned;
    const { value, problem, loading, reload } = useLoad(listCanned, "");
    const [typed, setTyped] = useState("");
    const [open, setOpen] = useState<Open | null>(null);
    const [said, setSaid] = useState("");
    const admin = session.role === "admin";
    const found = value === null ? [] : typed.trim() === "" ? byName(value)
        : byWords(value, typed);
    const close = () => setOpen(null);
    const done = async (text: string) => {
        await reload();
        setSaid(text);
        close();
    };
    const rows = (shared: boolean) =>
        <CannedRows rows={found.filter((one) => one.shared === shared)}
            none={typed.trim() !== "" ? words.noMatch : shared ? words.noShared : words.noOwn}
            may={!shared || admin}
            onEdit={(one) => setOpen({ what: "put", one })}
            onRemove={(one) => setOpen({ what: "remove", one })} />;
    return (
        <Page heading={strings.menu.canned} take={take} intro={words.intro} aside={
            <button type="button" class="button primary"
                onClick={() => setOpen({ what: "put", one: blank })}>{words.add}</button>}>
            <Trouble problem={problem} onRetry={() => void reload()} />
            {loading && value === null && <p role="status">{strings.form.loading}</p>}
            {value?.length === 0 &&
                <Example onTake={(one) => setOpen({ what: "put", one })} />}
            {value !== null && value.length > 0 && <>
                <form class="filters" role="search" aria-label={words.search}
                    onSubmit={(event) => event.preventDefault()}>
                    <Field name="canned" label={words.search} hint={words.searchHint}
                        type="search" value={typed} max={100} required={false}
                        onInput={setTyped} />
                </form>
                <p class="unseen" role="status">{words.count(found.length)}</p>
                <section class="card" aria-labelledby="canned-own">
                    <h2 id="canned-own">{words.own}</h2>
                    {rows(false)}
                </section>
                <section class="card" aria-labelledby="canned-shared">
                    <h2 id="canned-shared">{words.shared}</h2>
                    {!admin && <p class="hint">{words.sharedMore}</p>}
                    {rows(true)}
                </section>
            </>}
            <p role="status" class="field-note">{said}</p>
            {open?.what === "put" &&
                <CannedDialog one={open.one} admin={admin} me={session.name}
                    onDone={() => void done(words.saved)} onClose={close} />}
            {open?.what === "remove" &&
                <Confirm heading={words.removeHeading(open.one.name)} action={words.remove} danger
                    act={() => removeCanned(open.one.id)}
                    onDone={() => void done(words.removed)} onClose={close}>
                    <p>{open.one.shared ? words.removeShared : words.removeOwn}</p>
                </Confirm>}
        </Page>
    );
}

function byName(all: readonly Canned[]): Canned[] {
    return [...all].sort((a, b) => a.name.localeCompare(b.name));
}

/** By shortcut and name as in the box, and by what they say. */
function byWords(all: readonly Canned[], typed: string): Canned[] {
    const first = matching(all, typed);
    const asked = typed.trim().toLowerCase();
    return [...first, ...all.filter((one) =>
        !first.includes(one) && one.text.toLowerCase().includes(asked))];
}

function Example({ onTake }: { onTake: (one: Canned) => void }) {
    const words = strings.canned;
    const one = { ...blank, shortcut: words.exampleWord, name: words.exampleName,
        text: words.exampleText };
    return (
        <div class="card empty">
            <h2>{words.none}</h2>
            <p>{words.noneMore}</p>
            <p><code>/{one.shortcut}</code> {one.name}</p>
            <p class="canned-text">{one.text}</p>
            <p>
                <button type="button" class="button" onClick={() => onTake(one)}>
                    {words.takeExample}
                </button>
            </p>
        </div>
    );
}
