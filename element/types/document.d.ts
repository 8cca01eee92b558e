/** The checkout document: ECommPay's callback body without its signature, and what the shop adds. */
export interface CheckoutDocument {
  project_id?: number;
  payment?: {
    id?: string | number;
    status?: string;
    method?: string;
    date?: string;
    sum?: { amount: number | string; currency: string };
    description?: string;
  };
  operation?: {
    type?: string;
    status?: string;
    code?: string | number;
    message?: string;
    created_date?: string;
    sum_initial?: { amount: number | string; currency: string };
  };
  display_data?: DisplayItem[];
  /**
   * What ECommPay wants to know, as it was sent, in either of its published shapes: `{ customer: ['email'] }`, or
   * `{ customer: { properties: { email: { maxLength: 255 } }, required: ['email'], errors: [{ property, message }] } }`.
   * The form needs `links.clarify`.
   */
  clarification_fields?: unknown;
  checkout?: {
    /** Seconds left when this was written; beats `QR Code Timeout`. */
    expires_in?: number;
    /** Grows with each change, so that an older answer that arrives later is known as such. */
    revision?: number;
    /** Who is paid. */
    payee?: string;
    /** Signed Payment Page parameters, exactly as the backend made them. */
    payment_page?: Record<string, string | number | boolean>;
    links?: CheckoutLinks;
  };
}

/** What the payer is to be shown. */
export interface DisplayItem {
  type: 'qr_data' | 'qr_img' | 'qr_url' | 'add_info' | (string & {});
  title?: string;
  data: string | number;
}

/** Addresses of the shop's backend, all of one origin. Those that take a `POST` answer with the checkout document. */
export interface CheckoutLinks {
  /** The document. */
  status?: string;
  /** The same documents as server-sent events. */
  events?: string;
  /** `POST {}`: makes a new code. The answer has another `payment.id`, or the same one and another code. */
  renew?: string;
  /** `POST {"customer":{"email":"…"}}`: takes what `clarification_fields` ask for. */
  clarify?: string;
  /** `POST {}`: gives up. */
  cancel?: string;
}
