// Walks every role's main pages in a demonstration: at 320 and 1280 pixels, by day and by night. `node e2e/walk.mjs PROGRAM [PART OF A NAME]`.
import { become, openHouse } from "./house.mjs";
import { look } from "./look.mjs";

const ROLES = [
    ["physiotherapist", ["/", "/patients", "/patients/new", "/referrals", "/directory", "/alerts", "/knowledge", "/account"]],
    ["front desk", ["/", "/today", "/chase", "/inquiries", "/patients", "/patients/new"]],
    ["owner", ["/", "/owner", "/members", "/members/new", "/organisation", "/audit", "/knowledge"]],
    ["general practitioner", ["/", "/referrals"]],
    ["massage therapist", ["/"]],
    ["researcher", ["/", "/owner"]],
];
// What a clinician does in an episode, beside its page.
const IN_EPISODE = ["", "/session", "/examine", "/plan", "/medicines", "/measures", "/referrals/new", "/close"];
const WINDOWS = [
    { width: 320, dark: true },
    { width: 1280, dark: false },
    { width: 320, dark: false },
    { width: 1280, dark: true },
];

const house = await openHouse(process.argv[2]);
const faults = [];
let tests = 0;
let failed = 0;
const test = async (name, work) => {
    if (process.argv[3] && !name.includes(process.argv[3])) return;
    tests += 1;
    const before = faults.length;
    try {
        await work();
    } catch (error) {
        faults.push(`${name}: ${error.message.split("\n")[0]}`);
    }
    const ok = faults.length === before;
    if (!ok) failed += 1;
    console.log(`test browser ${name} ... ${ok ? "ok" : "FAILED"}`);
};

for (const window of WINDOWS) {
    const named = `${window.width}px ${window.dark ? "dark" : "light"}`;
    await test(`sign-in and demonstration, ${named}`, async () => {
        const { page, troubles, close } = await house.window(window);
        for (const path of ["/demo", "/demo/letters", "/styleguide", "/sign-in"]) {
            await page.goto(house.origin + path);
            await look(page, `${path} ${named}`, faults);
        }
        faults.push(...troubles);
        await close();
    });
    for (const [role, paths] of ROLES) {
        await test(`${role}, ${named}`, async () => {
            const { page, troubles, close } = await house.window(window);
            await become(house, page, `, ${role},`);
            for (const path of paths) {
                const answer = await page.goto(house.origin + path);
                if (answer.status() !== 200) faults.push(`${role} ${path}: ${answer.status()}`);
                await look(page, `${role} ${path} ${named}`, faults);
            }
            if (role === "physiotherapist" || role === "massage therapist") {
                await page.goto(`${house.origin}/`);
                const episode = await page.locator('a[href^="/episodes/"]').first().getAttribute("href");
                const [, base] = episode.match(/^(\/episodes\/[^/?#]+)/);
                for (const path of IN_EPISODE) {
                    const answer = await page.goto(house.origin + base + path);
                    if (answer.status() !== 200) faults.push(`${role} episode${path}: ${answer.status()}`);
                    await look(page, `${role} episode${path} ${named}`, faults);
                }
            }
            faults.push(...troubles);
            await close();
        });
    }
    await test(`patient's own page, ${named}`, async () => {
        const { page, troubles, close } = await house.window(window);
        await become(house, page, "getting better");
        if (!page.url().endsWith("/my-record")) faults.push(`the own page is not open: ${page.url()}`);
        await look(page, `/my-record ${named}`, faults);
        faults.push(...troubles);
        await close();
    });
    await test(`intake and questionnaire, ${named}`, async () => {
        const { page, troubles, close } = await house.window(window);
        for (const what of ["before the first visit", "fill in a questionnaire"]) {
            await become(house, page, what);
            await look(page, `${what} ${named}`, faults);
        }
        faults.push(...troubles);
        await close();
    });
}

await test("the intake to its end without a script, on a telephone", async () => {
    const { page, close } = await house.window({ width: 390, script: false });
    await become(house, page, "before the first visit");
    let pages = 0;
    while (!page.url().includes("/intake/check")) {
        pages += 1;
        if (pages > 60) {
            const text = await page.locator("main").innerText();
            throw new Error(`the intake does not end: ${page.url()}: ${text.replace(/\s+/g, " ").slice(0, 300)}`);
        }
        if (page.url().includes("/intake/stop")) throw new Error("answers of a healthy person stop the form");
        // Everything that can be denied is; of other choices the first is taken; numbers and texts are left out where they may be.
        for (const group of await page.locator("fieldset").all()) {
            const no = group.locator('input[type="radio"][value="no"], input[type="checkbox"][value="none"]').first();
            if (await no.count()) await no.check();
        }
        const lowerBack = page.locator('input[type="checkbox"][value="218"]');
        if (await lowerBack.count()) await lowerBack.first().check({ force: true });
        await page.locator('main form button[type="submit"], main form button:not([type])').first().click();
        await page.waitForLoadState();
    }
    console.log(`  ${pages} pages`);
    await page.locator("main form button").last().click();
    await page.waitForLoadState();
    const text = await page.locator("main").innerText();
    if (!/thank/i.test(text)) throw new Error(`no thanks at the end: ${text.slice(0, 200)}`);
    await close();
});

await house.close();
for (const fault of faults) console.log(`  ${fault}`);
console.log(`test result: ${failed === 0 ? "ok" : "FAILED"}. ${tests - failed} passed; ${failed} failed; 0 ignored`);
process.exit(failed === 0 ? 0 : 1);
