// A demonstration server of its own, and a browser before it.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";

// The packages lie below the target folder, where e2e/run.sh puts them.
const packages = createRequire(path.resolve(process.env.COTREAT_E2E ?? ".", "package.json"));
const { chromium } = packages("playwright-core");
export const axeSource = packages.resolve("axe-core/axe.min.js");

async function freePort() {
    const server = createServer();
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address();
    await new Promise((done) => server.close(done));
    return port;
}

/// Starts `cotreat demo`; resolves when it says its address.
export async function openHouse(program) {
    const port = await freePort();
    const child = spawn(program, ["demo", "--port", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((done, failed) => {
        let said = "";
        child.stdout.on("data", (text) => { said += text; if (said.includes("/demo")) done(); });
        child.on("exit", (code) => failed(new Error(`the demonstration ended with ${code}: ${said}`)));
    });
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
    const origin = `http://localhost:${port}`;
    return {
        origin,
        /// A window, with everything that must never happen in one.
        async window({ width = 1280, dark = false, script = true, language = "en-GB" } = {}) {
            const context = await browser.newContext({
                viewport: { width, height: 900 },
                colorScheme: dark ? "dark" : "light",
                javaScriptEnabled: script,
                locale: language,
            });
            const page = await context.newPage();
            const troubles = [];
            page.on("console", (message) => { if (message.type() === "error") troubles.push(`console: ${message.text()}`); });
            page.on("pageerror", (error) => troubles.push(`script: ${error.message}`));
            page.on("request", (request) => {
                const url = request.url();
                if (!url.startsWith(origin) && !url.startsWith("data:")) troubles.push(`third party: ${url}`);
            });
            page.on("response", (response) => { if (response.status() >= 500) troubles.push(`${response.status()} at ${response.url()}`); });
            return { page, troubles, close: () => context.close() };
        },
        async close() {
            await browser.close();
            child.removeAllListeners("exit");
            child.kill("SIGINT");
            await new Promise((done) => child.on("exit", done));
        },
    };
}

/// Becomes somebody by the press of a button on the first page of the demonstration. `what` is a piece of what stands beside their name.
export async function become(house, page, what) {
    await page.goto(`${house.origin}/demo`);
    const form = page.locator("form", { hasText: what }).first();
    await form.locator("button").click();
    await page.waitForLoadState();
}
