import type * as en from "../desk";
import type { Translated } from "../said";

export const desk: Translated<typeof en.desk> = {
    told: {
        assign: (name: string, to: string) => (name === to ? `${name} hat es übernommen`
            : `${name} hat es ${to} gegeben`),
        assignByItself: (to: string) => `An ${to} gegeben`,
        unassign: (name: string) => `${name} hat es zurückgegeben: Niemand hat es`,
        unassignByItself: "Zurückgegeben: Niemand hat es",
        snooze: (name: string, until: string) => `${name} lässt es ruhen bis ${until}`,
        wake: (name: string) => `${name} hat es geweckt`,
        wakeByItself: "Wieder wach",
        tags: (name: string, tags: string) => `${name} hat Schlagwörter vergeben: ${tags}`,
        noTags: (name: string) => `${name} hat die Schlagwörter entfernt`,
    },
};
