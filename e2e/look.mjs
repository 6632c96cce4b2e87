// What must be true of every page: axe finds nothing, and nothing scrolls sideways.
import { axeSource } from "./house.mjs";

export async function look(page, where, faults) {
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (sideways > 0) faults.push(`${where}: scrolls sideways by ${sideways} px`);
    if (!(await page.evaluate(() => "axe" in window))) {
        // By the debugger, past the policy of the page, which lets nobody add a script.
        const { readFileSync } = await import("node:fs");
        await page.evaluate(readFileSync(axeSource, "utf8"));
    }
    const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
    for (const violation of found.violations) {
        const at = violation.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ");
        faults.push(`${where}: ${violation.id} (${violation.help}) at ${at}`);
    }
}
