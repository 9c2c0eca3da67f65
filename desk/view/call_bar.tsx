import { Mic, MicOff, PhoneOff } from "lucide-preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import { Button } from "@/lib/ui/button.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import { mediaOf } from "../desk.ts";
import { ownCall } from "../desk_state.ts";
import { nameOf } from "../names.ts";
import { duration } from "../times.ts";
import { useDesk } from "./desk_ui.ts";

/** Plays the visitor's voice, whichever conversation is visible. */
export function CallSound() {
  const { desk } = useDesk();
  const ref = useRef<HTMLAudioElement>(null);
  const media = mediaOf(desk);
  const stream = media?.remote ?? null;
  const isHeld = media?.held ?? false;
  useLayoutEffect(() => {
    const audio = ref.current;
    if (audio === null) return;
    if (audio.srcObject !== stream) audio.srcObject = stream;
    audio.muted = isHeld;
  }, [stream, isHeld]);
  return <audio ref={ref} autoPlay />;
}

/** The running call, while another conversation is visible. */
export function CallBar() {
  const { desk, texts, now } = useDesk();
  const item = ownCall(desk.state.value);
  const media = desk.media.value;
  const isShown = desk.state.value.shown === item?.view.id;
  if (item === undefined || media === null || isShown) return null;
  const { view } = item;
  const { muted } = media.state.value;
  const label = fill(texts.call.label, { name: nameOf(item, texts) });
  const MicIcon = muted ? MicOff : Mic;
  return (
    <section class="desk-call-bar" aria-label={label}>
      <button
        type="button"
        class="desk-call-bar-name"
        onClick={() => desk.dispatch({ type: "show", contact: view.id })}
      >
        <bdi {...NOT_TRANSLATED}>{label}</bdi>
        {view.state === "taken" && (
          <time>{duration(now.value - view.takenAt)}</time>
        )}
      </button>
      <Button
        size="small"
        icon={<MicIcon size={16} aria-hidden="true" />}
        class={muted ? "desk-in-force" : ""}
        onClick={() => media.setMuted(!muted)}
      >
        {muted ? texts.call.unmute : texts.call.mute}
      </Button>
      <Button
        size="small"
        kind="danger"
        icon={<PhoneOff size={16} aria-hidden="true" />}
        onClick={() =>
          desk.dispatch({ type: "hang-up", call: view.id, trouble: false })}
      >
        {texts.call.hangUp}
      </Button>
    </section>
  );
}
