// Signing in by a provider of OpenID Connect on another site, in a real browser: which cookies come
// along, and that the page between needs no script.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";

import { Programs, checkPage, openBrowser, openPage } from "./programs.mjs";

let programs, browser, provider, issuer;

async function mode(lies) {
    await fetch(`${issuer}/mode`, { method: "POST", body: JSON.stringify(lies) });
}

before(async () => {
    const evil = new URL("../oidc/evil.mjs", import.meta.url).pathname;
    // "localhost" is another site than 127.0.0.1, where the server is.
    const stdio = ["ignore", "pipe", "inherit"];
    provider = spawn(process.execPath, [evil, "localhost"], { stdio });
    issuer = String((await once(provider.stdout, "data"))[0]).trim();
    programs = new Programs({
        PARLEY_OIDC_ISSUER: issuer,
        PARLEY_OIDC_CLIENT_ID: "parley test",
        PARLEY_OIDC_NAME: "Example ID",
    }, { isConnected: false });
    await programs.start();
    const who = ["--email", "ann@msp.example", "--name", "Ann", "--role", "technician"];
    execFileSync(process.env.BIN_PARLEY, ["staff", "add", ...who, "--data", programs.data]);
    await programs.signUp("Boss", "admin");
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await programs?.end();
    provider?.kill();
});

const go = async (page) => {
    await page.goto(`${programs.url}/console`);
    await page.getByRole("link", { name: "Sign in with Example ID" }).click();
};

test("the button leads to the provider and back into the console", async () => {
    await mode({});
    const page = await openPage(browser);
    await go(page);
    await page.waitForURL(`${programs.url}/console**`);
    await page.getByRole("navigation", { name: "Main menu" }).waitFor();
    const session = await page.evaluate(async () => (await fetch("/v1/session")).json());
    assert.equal(session.email, "ann@msp.example");
    const cookies = (await page.context().cookies())
        .filter((one) => one.domain === "127.0.0.1")
        .map((one) => `${one.name} ${one.sameSite}`);
    assert.deepEqual(cookies.sort(), ["__Host-parley Strict", "__Host-parley_oidc Lax"]);
    assert.deepEqual(page.errors, []);
    await page.context().close();
});

test("who has no account is told so, and led back", async () => {
    await mode({ claims: { sub: "u-2", email: "stranger@msp.example" } });
    const page = await openPage(browser);
    await go(page);
    await page.getByText("Nobody has an account with the email address").waitFor();
    await checkPage(page, "oidc-no-account");
    await page.getByRole("link", { name: "Back to signing in" }).click();
    await page.getByRole("link", { name: "Sign in with Example ID" }).waitFor();
    assert.deepEqual(page.errors, []);
    await page.context().close();
});
