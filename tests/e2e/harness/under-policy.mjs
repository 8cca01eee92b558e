// Lets the driver for Firefox look into a page whose policy forbids `eval`.
//
// Playwright hands a function over as text, and a script of its own in the page makes a function of it by `eval`. Chromium
// lets that pass for whoever debugs it; Firefox asks the page's policy. A protocol that calls functions needs no `eval`.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Takes the place of what a strict policy stops in the driver. */
export function workUnderPolicy() {
  const driver = join(dirname(require.resolve('playwright-core-for-firefox/package.json')), 'lib/server');
  const { BidiExecutionContext } = require(join(driver, 'bidi/bidiExecutionContext.js'));
  const { BidiPage } = require(join(driver, 'bidi/bidiPage.js'));
  const { Frame } = require(join(driver, 'frames.js'));
  const { evaluateWithArguments } = BidiExecutionContext.prototype;
  const { waitForFunctionExpression } = Frame.prototype;
  if (!evaluateWithArguments || !waitForFunctionExpression) {
    throw new Error('this Playwright calls functions in pages in another way than the tests know');
  }

  BidiExecutionContext.prototype.evaluateWithArguments = function (call, byValue, script, values, handles) {
    const [isFunction, , text] = values;
    // `eval` gives back whatever is not text, and no policy is asked for that.
    const called = `(...given) => given[0].evaluate(true, given[2], (${text}), ...given.slice(4))`;
    return evaluateWithArguments.call(this, isFunction === true ? called : call, byValue, script, values, handles);
  };

  Frame.prototype.waitForFunctionExpression = function (progress, text, isFunction, given, options, world = 'main') {
    // No policy holds in the driver's own world.
    if (world !== 'main') return waitForFunctionExpression.call(this, progress, text, isFunction, given, options, world);
    // Playwright's own asks again and again inside the page, and has the question as text there.
    return this.retryWithProgressAndTimeouts(progress, [100], async (again) => {
      const context = await progress.race(this._mainContext());
      const answer = await progress.race(context.evaluateExpressionHandle(text, { isFunction }, given));
      return (await progress.race(answer.evaluate((value) => Boolean(value)))) ? answer : again;
    });
  };

  // Before a picture it adds a style to the page, whose refusal would look like the page's own fault.
  BidiPage.prototype.shouldToggleStyleSheetToSyncAnimations = () => false;
}
