// The console of technicians and administrators.

import { render } from "preact";

import { House } from "./house";
import { App } from "./parts/App";

const place = document.getElementById("console");
if (place !== null) {
    const house = new House();
    render(<App house={house} />, place);
    house.start();
}
