// The page that could not be opened, in a frame of a shop's page.

import { greet, size, tell, watchSize } from '/payment/assets/parent.js';

const reason = document.getElementById('reason').textContent;
greet('fail_loading', () => ({ message: reason })).then(() => tell('resize', size()));
watchSize();
