// The pictures of README's tour, from a demonstration: node e2e/tour.mjs PROGRAM FOLDER (packages as for e2e/run.sh).
import { become, openHouse } from "./house.mjs";

const [program, folder] = process.argv.slice(2);
const house = await openHouse(program);
const picture = async (page, name) => page.screenshot({ path: `${folder}/${name}.png` });

const desktop = await house.window({ width: 1200 });
await become(house, desktop.page, ", chiropractor,");
await picture(desktop.page, "caseload");
const episode = await desktop.page.locator('a[href^="/episodes/"]').first().getAttribute("href");
await desktop.page.goto(house.origin + episode);
await picture(desktop.page, "episode");
await desktop.page.goto(`${house.origin}${episode}/plan`);
await picture(desktop.page, "plan");
await desktop.close();

const night = await house.window({ width: 390, dark: true });
await become(house, night.page, ", chiropractor,");
const next = await night.page.locator('a[href^="/episodes/"]').first().getAttribute("href");
await night.page.goto(`${house.origin}${next}/session`);
await picture(night.page, "session");
await night.close();

const phone = await house.window({ width: 390, script: false });
await become(house, phone.page, "before the first visit");
for (let pages = 0; pages < 20; pages += 1) {
    const lowerBack = phone.page.locator('input[type="checkbox"][value="218"]');
    if (await lowerBack.count()) {
        await lowerBack.first().check({ force: true });
        await phone.page.evaluate(() => window.scrollTo(0, 0)).catch(() => {});
        await picture(phone.page, "intake");
        break;
    }
    for (const group of await phone.page.locator("fieldset").all()) {
        const no = group.locator('input[type="radio"][value="no"], input[type="checkbox"][value="none"]').first();
        if (await no.count()) await no.check();
    }
    await phone.page.locator("main form button").first().click();
    await phone.page.waitForLoadState();
}
await become(house, phone.page, "getting better");
await picture(phone.page, "own-page");
await phone.close();
await house.close();
