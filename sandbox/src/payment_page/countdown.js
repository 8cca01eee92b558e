// Time running down.

/** Shows in `output` how many seconds are left, and calls back once when none are. Returns what stops it. */
export function countDown(seconds, output, atEnd, eachSecond = () => {}) {
  // Not the device's clock, which may be wrong or be set.
  const end = performance.now() + seconds * 1000;
  let timer;
  const show = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    output.textContent = clock(left);
    eachSecond(left);
    if (left === 0) {
      clearInterval(timer);
      atEnd();
    }
  };
  timer = setInterval(show, 1000);
  show();
  return () => clearInterval(timer);
}

function clock(seconds) {
  const two = (number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours ? `${hours}:` : ''}${two(minutes)}:${two(seconds % 60)}`;
}
