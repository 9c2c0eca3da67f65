import * as v from "valibot";

// E-mails about messages of visitors, for administrators.
//
//   GET  /api/mail        -> MailStatus
//   POST /api/mail/retry  -> MailStatus
//   POST /api/mail/test   -> MailTest

export const MailStatus = v.object({
  /** True if the operator has set a mail server. */
  isOn: v.boolean(),
  /** E-mails that were given up. */
  failed: v.array(v.object({
    number: v.string(),
    to: v.string(),
    error: v.string(),
  })),
});
export type MailStatus = v.InferOutput<typeof MailStatus>;

/** The address to which a test was sent, or why it was not. */
export const MailTest = v.union([
  v.object({ to: v.string() }),
  v.object({ error: v.string() }),
]);
export type MailTest = v.InferOutput<typeof MailTest>;
