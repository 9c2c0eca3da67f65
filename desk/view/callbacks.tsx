import { Check, Phone, PhoneMissed, X } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import type { DueCallback } from "@/lib/protocol/admin/callbacks.ts";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import { Announcement } from "@/lib/ui/toast.tsx";
import { useDesk } from "./desk_ui.ts";

/** The visitors who want to be called now. */
export function Callbacks() {
  const { desk, callbacks, texts: { callbacks: texts } } = useDesk();
  const { shown, failure } = callbacks;
  if (desk.isSignedOut.value) return null;
  const said = shown.value.filter(({ state }) => state === "ringing")
    .map((one) => titleOf(one, texts.due));
  return (
    <div class="desk-rings">
      <Announcement text={said.join(". ")} />
      {failure.value && (
        <p class="desk-callback-failure" role="alert">{texts[failure.value]}</p>
      )}
      {shown.value.map((one) => <Callback key={one.number} callback={one} />)}
    </div>
  );
}

function Callback({ callback }: { callback: DueCallback }) {
  const { texts: { callbacks: texts } } = useDesk();
  const { state, name, reply, text, widget, ring, rings } = callback;
  const title = titleOf(callback, state === "taken" ? texts.taken : texts.due);
  const facts = [widget, fill(texts.ring, { ring, rings })];
  return (
    <section class="desk-ring" aria-label={title}>
      <Phone size={24} aria-hidden="true" />
      <div class="desk-ring-text">
        <h2>
          <bdi {...NOT_TRANSLATED}>{title}</bdi>
        </h2>
        <p>
          {name && (
            <>
              <bdi {...NOT_TRANSLATED}>{reply}</bdi>
              {" · "}
            </>
          )}
          <bdi>{facts.filter((fact) => fact !== "").join(" · ")}</bdi>
        </p>
        <p class="desk-ring-first" dir="auto" {...NOT_TRANSLATED}>{text}</p>
      </div>
      <div class="desk-ring-actions">
        {state === "ringing"
          ? <Ringing callback={callback} />
          : <Taken callback={callback} />}
      </div>
    </section>
  );
}

function Ringing({ callback }: { callback: DueCallback }) {
  const { callbacks, texts: { callbacks: texts } } = useDesk();
  return (
    <>
      <Button
        kind="primary"
        busy={callbacks.isBusy.value}
        icon={<Phone size={16} aria-hidden="true" />}
        onClick={() => void callbacks.act(callback, "take")}
      >
        {texts.take}
      </Button>
      <Button
        icon={<X size={16} aria-hidden="true" />}
        onClick={() => callbacks.hide(callback)}
      >
        {texts.hide}
      </Button>
    </>
  );
}

function Taken({ callback }: { callback: DueCallback }) {
  const { callbacks, texts: { callbacks: texts } } = useDesk();
  return (
    <>
      <ButtonLink
        kind="primary"
        href={`tel:${callback.reply.replace(/[^\d+]/g, "")}`}
        icon={<Phone size={16} aria-hidden="true" />}
      >
        {texts.call}
      </ButtonLink>
      <Button
        busy={callbacks.isBusy.value}
        icon={<Check size={16} aria-hidden="true" />}
        onClick={() => void callbacks.act(callback, "done")}
      >
        {texts.done}
      </Button>
      <Button
        disabled={callbacks.isBusy.value}
        icon={<PhoneMissed size={16} aria-hidden="true" />}
        onClick={() => void callbacks.act(callback, "missed")}
      >
        {texts.missed}
      </Button>
    </>
  );
}

function titleOf({ name, reply }: DueCallback, text: string): string {
  return fill(text, { name: name || reply });
}
