const button = document.querySelector('button');
const news = document.querySelector('#news');

button.addEventListener('click', async () => {
  button.disabled = true;
  const answer = await fetch('/api/checkouts', { method: 'POST' });
  const checkout = document.createElement('wechat-checkout');
  checkout.statusUrl = answer.headers.get('Location');
  // What the shop has answered is a document already, so nothing has to be asked first.
  checkout.document = await answer.json();
  checkout.addEventListener('checkout-paid', () => {
    news.textContent = 'Thank you! Your tea is on its way.';
  });
  checkout.addEventListener('checkout-declined', ({ detail }) => {
    news.textContent = `That did not work (${detail.reason}).`;
    button.disabled = false;
  });
  button.replaceWith(checkout);
});
