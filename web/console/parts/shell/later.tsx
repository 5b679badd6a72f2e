import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

import { strings } from "../../strings";
import { Page } from "./Page";

/** A page that is loaded when it is first looked at. */
export function later<P extends { take: boolean }>(
    heading: () => string, load: () => Promise<ComponentType<P>>,
): (props: P) => preact.JSX.Element {
    let loaded: ComponentType<P> | null = null;
    return (props) => {
        const [state, setState] = useState<"coming" | "here" | "failed">(
            loaded === null ? "coming" : "here");
        useEffect(() => {
            if (loaded !== null) return undefined;
            let here = true;
            load().then((page) => {
                loaded = page;
                return "here" as const;
            }, () => "failed" as const).then((now) => here && setState(now));
            return () => {
                here = false;
            };
        }, []);
        if (state === "here" && loaded !== null) {
            const Loaded = loaded;
            return <Loaded {...props} />;
        }
        return (
            <Page heading={heading()} take={props.take}>
                <div role="alert">
                    {state === "failed" &&
                        <div class="box box-bad">
                            <p>{strings.menu.stale}</p>
                            <button type="button" class="button"
                                onClick={() => window.location.reload()}>
                                {strings.menu.load}
                            </button>
                        </div>}
                </div>
                {state === "coming" && <p>{strings.form.loading}</p>}
            </Page>
        );
    };
}
