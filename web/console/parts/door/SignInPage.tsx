import { useState } from "preact/hooks";

import type { House, HouseState } from "../../house";
import { strings } from "../../strings";
import { Words } from "../Words";
import { DoorFrame } from "./DoorFrame";
import { SecondStep } from "./SecondStep";
import { SignInForm } from "./SignInForm";

/** Where one signs in, in one step or two. */
export function SignInPage({ house, state }: { house: House; state: HouseState }) {
    const [second, setSecond] = useState<string | null>(null);
    const { outside, notice } = state;
    if (outside.setupNeeded) {
        return (
            <DoorFrame brand={outside.brand.name} heading={strings.door.setupNeeded} take>
                <p><Words text={strings.door.setupNeededMore} /></p>
                <p class="hint"><Words text={strings.door.setupNeededHint} /></p>
            </DoorFrame>
        );
    }
    if (second !== null) {
        return (
            <DoorFrame brand={outside.brand.name} heading={strings.door.second}>
                <SecondStep house={house} second={second} onBack={() => setSecond(null)} />
            </DoorFrame>
        );
    }
    return (
        <DoorFrame brand={outside.brand.name} heading={strings.door.signIn}>
            {notice !== null &&
                <p class="box" role="status">{strings.door.notices[notice]}</p>}
            <SignInForm house={house} onSecond={setSecond} />
            {outside.oidc !== null &&
                <div class="door-other">
                    <p class="hint">{strings.door.or}</p>
                    <a class="button" href="/v1/oidc/start" onClick={() => house.keepPlace()}>
                        {strings.door.oidc(outside.oidc)}
                    </a>
                </div>}
        </DoorFrame>
    );
}
