// The console of technicians and administrators.

import { render } from "preact";

import { House } from "./house";
import { speakFirst } from "./language";
import { App } from "./parts/App";

const place = document.getElementById("console");
if (place !== null) {
    void speakFirst().then(() => {
        const house = new House();
        render(<App house={house} />, place);
        house.start();
    });
}
