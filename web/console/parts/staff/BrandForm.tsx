import { useLayoutEffect, useRef, useState } from "preact/hooks";

import { BRAND_DEFAULT, contrast, inkOn, paintBrand, readColor } from "../../../widget/brand";
import { locale } from "../../../widget/language";
import type { House } from "../../house";
import type { Brand } from "../../rest/account";
import { setBrand } from "../../rest/office";
import { strings } from "../../strings";
import { useAct } from "../../use";
import { Field } from "../form/Field";
import { Submit } from "../form/Submit";
import { Trouble } from "../form/Trouble";

interface Props {
    house: House;
    brand: Brand;
    action: string;
    onSaved: () => void;
}

const PAGE = "#ffffff";
const ONE_DIGIT = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const SEEN_MIN = 3; // WCAG 1.4.11

/** The MSP's name and colour. The letters on the colour are chosen for contrast. */
export function BrandForm({ house, brand, action, onSaved }: Props) {
    const [name, setName] = useState(brand.name);
    const [typed, setTyped] = useState(brand.color || BRAND_DEFAULT);
    const [fault, setFault] = useState("");
    const { busy, problem, run } = useAct();
    const sample = useRef<HTMLParagraphElement>(null);
    const color = readColor(typed);

    useLayoutEffect(() => {
        if (sample.current !== null) paintBrand(color ?? BRAND_DEFAULT, sample.current);
    }, [color]);

    const save = async () => {
        setFault(name.trim() === "" ? strings.brand.needName : "");
        if (name.trim() === "") {
            document.getElementById("field-brand")?.focus();
            return;
        }
        if (color === null) {
            document.getElementById("field-color")?.focus();
            return;
        }
        const fresh = { name: name.trim(), color };
        if (await run(() => setBrand(fresh)) === null) return;
        house.patch({ brand: fresh });
        onSaved();
    };
    return (
        <form class="form" noValidate onSubmit={(event) => {
            event.preventDefault();
            void save();
        }}>
            <Field name="brand" label={strings.brand.name} hint={strings.brand.nameHint}
                value={name} max={100} autoComplete="organization" onInput={setName}
                error={fault || (problem?.field === "name" ? problem.text : "")} />
            <div class="color">
                <Field name="color" label={strings.brand.color} hint={strings.brand.colorHint}
                    value={typed} max={7} onInput={setTyped} code
                    error={color === null ? strings.brand.badColor : ""} />
                <input type="color" class="color-pick" aria-label={strings.brand.pick}
                    value={color ?? BRAND_DEFAULT}
                    onInput={(event) => setTyped(event.currentTarget.value)} />
            </div>
            <p class="brand-sample" ref={sample}>{name || strings.brand.sample}</p>
            {color !== null &&
                <p class="hint" role="status">{contrastWords(color)}</p>}
            <Trouble problem={problem} />
            <div class="form-end"><Submit label={action} busy={busy} /></div>
        </form>
    );
}

function contrastWords(color: string): string {
    const ink = inkOn(color);
    const ratio = contrast(color, ink).toLocaleString(locale, ONE_DIGIT);
    const words = strings.brand.contrast(ink === "#ffffff", ratio);
    return contrast(color, PAGE) < SEEN_MIN ? `${words} ${strings.brand.pale}` : words;
}
