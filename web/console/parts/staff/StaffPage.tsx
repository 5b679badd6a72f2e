import { useState } from "preact/hooks";

import type { Session } from "../../rest/account";
import { listStaff } from "../../rest/office";
import type { Colleague } from "../../rest/office";
import { strings } from "../../strings";
import { useLoad } from "../../use";
import { Trouble } from "../form/Trouble";
import { Page } from "../shell/Page";
import { AddStaffDialog } from "./AddStaffDialog";
import { LinkDialog } from "./LinkDialog";
import { StaffDialog } from "./StaffDialog";
import type { StaffAct } from "./StaffDialog";
import { StaffTable } from "./StaffTable";

interface Props {
    session: Session;
    now: number;
    take: boolean;
}

type Shown =
    | { what: "add" }
    | { what: "link"; link: string; name: string; kind: "invite" | "reset" }
    | { what: "act"; act: StaffAct; of: Colleague };

/** Who works here. */
export function StaffPage({ session, now, take }: Props) {
    const { value, problem, loading, reload } = useLoad(listStaff, "");
    const [shown, setShown] = useState<Shown | null>(null);
    const [said, setSaid] = useState("");

    const done = (text: string) => {
        setShown(null);
        setSaid(text);
        void reload();
    };
    return (
        <Page heading={strings.menu.staff} take={take} wide
            aside={<button type="button" class="button primary"
                onClick={() => setShown({ what: "add" })}>{strings.staff.add}</button>}>
            <Trouble problem={problem} onRetry={() => void reload()} />
            {loading && value === null && <p role="status">{strings.form.loading}</p>}
            <p role="status" class="field-note">{said}</p>
            {value !== null &&
                <StaffTable all={value} me={session.email} now={now}
                    onAct={(act, of) => setShown({ what: "act", act, of })} />}
            {value?.length === 1 && <p class="hint">{strings.staff.alone}</p>}
            {shown?.what === "add" &&
                <AddStaffDialog onClose={() => setShown(null)} onAdded={(name, link) => {
                    setShown({ what: "link", link, name, kind: "invite" });
                    void reload();
                }} />}
            {shown?.what === "link" &&
                <LinkDialog {...shown} onClose={() => setShown(null)} />}
            {shown?.what === "act" &&
                <StaffDialog act={shown.act} of={shown.of} onClose={() => setShown(null)}
                    onDone={(link) => {
                        if (link !== "")
                            setShown({ what: "link", link, name: shown.of.name, kind: "reset" });
                        else done(strings.staff.acts[shown.act].done(shown.of.name));
                    }} />}
        </Page>
    );
}
