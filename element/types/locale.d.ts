// Made by build/locales.mjs. Change src/texts and run `node build/locales.mjs`.

/** What the checkout says. `{amount}`, `{payee}` and their like stand for what is only known when it is said. */
export interface Texts {
  /** The name of the way to pay, above the amount. */
  method: string;
  /** The same as one of the receipt's values, and the name of the whole region. */
  wechat_pay: string;
  /** In place of `{amount}` where it is not known, inside a sentence. */
  this_payment: string;
  /** While there is nothing to scan yet. */
  preparing: string;
  /** What the code is, to those who cannot see it: `{amount}`, `{payee}`. */
  code_label: string;
  /** The same without amount and payee. */
  code_label_short: string;
  /** Spoken when the code appears: `{amount}`, `{payee}`. */
  ready: string;
  /** The same without amount and payee. */
  ready_short: string;
  /** Before the time that is left. */
  valid_for: string;
  /** In place of the time where it is not known. */
  waiting: string;
  /** Spoken now and then: `{time}`. */
  time_left: string;
  /** The name of the three steps. */
  steps: string;
  /** The first step. */
  step_open: string;
  /** The second step. */
  step_scan: string;
  /** The third step. */
  step_confirm: string;
  /** The shop answers late or not at all. */
  slow: string;
  /** There is no network. */
  offline: string;
  /** Either of the two while a code can be scanned: `{notice}`. */
  still_scan: string;
  /** Spoken when the link is good again. */
  recovered: string;
  /** The shop will not answer any more: `{code}`. */
  refused: string;
  /** The same in a few words, where there is nothing to scan. */
  no_answer: string;
  /** A code was sent that cannot be shown. */
  unusable: string;
  /** What happens now. */
  unusable_text: string;
  /** What to tell support: `{code}`. */
  unusable_code: string;
  /** The time is over and the shop is being asked. */
  verifying: string;
  /** The code's time is over. */
  expired: string;
  /** Below an expired code. */
  expired_text: string;
  /** The payment's time is over. */
  ended: string;
  /** Below that. */
  ended_text: string;
  /** Asks for a new code. */
  renew: string;
  /** Asks the shop now. */
  check: string;
  /** An action is under way. */
  busy: string;
  /** An action did not reach the shop. */
  action_failed: string;
  /** Above the questions of the platform. */
  clarify: string;
  /** Why they are asked. */
  clarify_text: string;
  /** Sends the answers. */
  clarify_send: string;
  /** Follows the name of a field that may stay empty. */
  optional: string;
  /** A field. */
  email: string;
  /** A field. */
  phone: string;
  /** How a telephone number is written. */
  phone_hint: string;
  /** A field. */
  first_name: string;
  /** A field. */
  last_name: string;
  /** A field. */
  country: string;
  /** How a country is written. */
  country_hint: string;
  /** A field. */
  city: string;
  /** A field. */
  address: string;
  /** A field. */
  postcode: string;
  /** A required field is empty. */
  fault_missing: string;
  /** No email address. */
  fault_email: string;
  /** No telephone number. */
  fault_phone: string;
  /** Too long: `{count}` characters are the most. */
  fault_long: string;
  /** The platform did not take the last answer. */
  fault_refused: string;
  /** Opens the hosted page where there is a code too. */
  pay_here: string;
  /** Opens the hosted page where there is nothing else. */
  open_page: string;
  /** Above the button that opens it, where there is nothing else. */
  page: string;
  /** Below that. */
  page_text: string;
  /** While the hosted page is open. */
  handoff: string;
  /** Below that. */
  handoff_text: string;
  /** Opens the hosted page once more. */
  open_again: string;
  /** The browser blocked the window of the hosted page. */
  window_blocked: string;
  /** The hosted page could not be opened for another reason. */
  page_failed: string;
  /** The hosted page is closed and the shop is being asked. */
  confirming: string;
  /** Below that. */
  confirming_text: string;
  /** An outcome. */
  paid: string;
  /** What it means: `{payee}`, `{amount}`. */
  paid_text: string;
  /** The same without payee and amount. */
  paid_text_short: string;
  /** The money arrived after the code's time. */
  paid_late: string;
  /** An outcome: refused, or never taken up. */
  not_paid: string;
  /** Why, and that nothing was charged: `{reason}`. */
  declined: string;
  /** An outcome. */
  cancelled: string;
  /** What it means. */
  cancelled_text: string;
  /** An outcome. */
  refunded: string;
  /** What it means. */
  refunded_text: string;
  /** An outcome. */
  partly_refunded: string;
  /** What it means. */
  partly_refunded_text: string;
  /** Not enough money: `{amount}`. */
  reason_funds: string;
  /** A limit. */
  reason_limit: string;
  /** This wallet may not. */
  reason_account: string;
  /** The payer called it off. */
  reason_called_off: string;
  /** Time ran out. */
  reason_timed_out: string;
  /** Trouble on the other side. */
  reason_trouble: string;
  /** Nothing a payer should be told. */
  reason_general: string;
  /** The platform could not take the payment up. */
  reason_failed: string;
  /** The reason in two words, beside its code. */
  name_funds: string;
  /** The reason in two words, beside its code. */
  name_limit: string;
  /** The reason in two words, beside its code. */
  name_account: string;
  /** The reason in two words, beside its code. */
  name_called_off: string;
  /** The reason in two words, beside its code. */
  name_timed_out: string;
  /** The reason in two words, beside its code. */
  name_trouble: string;
  /** The reason in two words, beside its code. */
  name_general: string;
  /** The receipt: the payment's id. */
  label_payment: string;
  /** The receipt: the way to pay. */
  label_method: string;
  /** The receipt: when. */
  label_time: string;
  /** The receipt: what was bought. */
  label_for: string;
  /** The receipt: why not. */
  label_reason: string;
  /** Tries once more. */
  try_again: string;
  /** Leaves for the shop. */
  back: string;
  /** At the foot: `{id}`. */
  payment: string;
  /** Opens the help. */
  trouble: string;
  /** Help: where to scan. */
  help_scan: string;
  /** Help: not on the same phone. */
  help_phone: string;
  /** Help: another account has scanned the code. */
  help_account: string;
  /** Help: whom to ask. */
  help_support: string;
  /** Gives up. */
  cancel: string;
  /** Asks whether that is meant. */
  cancel_ask: string;
  /** It is. */
  cancel_yes: string;
  /** It is not. */
  cancel_no: string;
}

declare const texts: Texts;
export default texts;
