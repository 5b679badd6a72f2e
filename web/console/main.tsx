// The technician's console.

import { render } from "preact";

import { Desk } from "./desk";
import { App } from "./parts/App";

const place = document.getElementById("console");
if (place !== null) {
    const desk = new Desk();
    render(<App desk={desk} />, place);
    desk.start();
}
