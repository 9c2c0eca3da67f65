import { useEffect, useState } from "preact/hooks";
import { type Plural, plural } from "@/lib/i18n/fill.ts";
import { InquiryClient } from "@/lib/protocol/admin/inquiry_client.ts";
import { COUNT_MAX } from "@/lib/protocol/admin/inquiries.ts";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { whileVisible } from "@/components/messages/while_visible.ts";

const ASK_EVERY_MS = 20_000;

/** The number of messages that are not done, next to the link to them. */
function MessageCount({ first, text, lang }: {
  first: number;
  text: Plural;
  lang: string;
}) {
  const [open, setOpen] = useState(first);
  useEffect(() => {
    const client = new InquiryClient();
    return whileVisible(ASK_EVERY_MS, async (signal) => {
      const answer = await client.countInquiries();
      if (answer.ok && !signal.aborted) setOpen(answer.value.open);
    });
  }, []);
  if (open === 0) return null;
  const number = open >= COUNT_MAX ? `${COUNT_MAX - 1}+` : String(open);
  return (
    <>
      <span class="count" aria-hidden="true">{number}</span>
      <span class="hidden-label">{plural(text, open, lang)}</span>
    </>
  );
}

export default withOwnIds("message-count", MessageCount);
