// What most tests need around them: the demo, the sandbox's control calls, a browser, and pages that are
// closed after each test.

import { after, afterEach, before } from 'node:test';
import { openBrowser } from './browser.mjs';
import { demoUnderTest } from './demo.mjs';
import { Sandbox } from './sandbox.mjs';
import { Shop } from './shop.mjs';

/** Sets the scene for a test file. Its members are there once the tests run. */
export function setScene() {
  const scene = {
    /** Closes something after the test; gives it back. */
    closing(one) {
      open.push(one);
      return one;
    },
    /** A page of the shop, at its front or at another address. */
    async shop(url = scene.demo.shop) {
      return scene.closing(await Shop.open(scene.browser, url));
    },
  };
  let open = [];

  before(async () => {
    scene.demo = await demoUnderTest();
    scene.sandbox = new Sandbox(scene.demo.sandbox);
    scene.browser = await openBrowser();
  });

  afterEach(async () => {
    await scene.sandbox.clearFaults();
    await Promise.all(open.map((one) => one.close()));
    open = [];
  });

  after(async () => {
    await scene.browser?.close();
    await scene.demo?.stop();
  });

  return scene;
}
