import { useEffect } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import type { PushDeviceView } from "@/lib/protocol/admin/push.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Dialog } from "@/lib/ui/dialog.tsx";
import { Badge, Banner } from "@/lib/ui/notices.tsx";
import { Spinner } from "@/lib/ui/spinner.tsx";
import { useDesk } from "./desk_ui.ts";

/** Explains notifications while the desk is closed, and turns them on and
 * off. */
export function PushDialog({ onClose }: { onClose: () => void }) {
  const { push, texts: { push: t } } = useDesk();
  useEffect(() => void push.start(), []);
  return (
    <Dialog
      title={t.title}
      closeLabel={t.close}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t.close}</Button>}
    >
      <p>{t.text}</p>
      <p class="desk-push-privacy">{t.privacy}</p>
      <ThisDevice />
      <div role="status">
        <Note />
      </div>
      <Devices />
    </Dialog>
  );
}

/** The state of this browser, and how to change it. */
function ThisDevice() {
  const { push, texts: { push: t } } = useDesk();
  const state = push.state.value;
  if (state === "unknown") return push.isBusy.value ? <Spinner /> : null;
  if (state !== "on" && state !== "off") {
    return <Banner kind="info">{t[state]}</Banner>;
  }
  const isOn = state === "on";
  return (
    <div class="desk-push-here">
      <strong>{t.here}</strong>
      <Badge tone={isOn ? "good" : "neutral"}>{isOn ? t.on : t.off}</Badge>
      {isOn
        ? (
          <Button
            busy={push.isBusy.value}
            onClick={() => push.remove(push.own.value)}
          >
            {t.turnOff}
          </Button>
        )
        : (
          <Button
            kind="primary"
            busy={push.isBusy.value}
            onClick={() => push.turnOn()}
          >
            {t.turnOn}
          </Button>
        )}
    </div>
  );
}

/** The result of the last action. */
function Note() {
  const { push, texts: { push: t } } = useDesk();
  const note = push.note.value;
  if (note === null) return null;
  return (
    <Banner kind={note === "sent" ? "good" : "warning"}>{t.notes[note]}</Banner>
  );
}

function Devices() {
  const { push, texts: { push: t } } = useDesk();
  const devices = push.devices.value;
  return (
    <section class="desk-push-devices">
      <h3>{t.devices}</h3>
      {devices.length === 0 ? <p>{t.noDevices}</p> : (
        <ul>
          {devices.map((device) => (
            <li key={device.id}>
              <Device device={device} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Device({ device }: { device: PushDeviceView }) {
  const { push, texts: { push: t }, lang } = useDesk();
  const { id, createdAt, pushedAt } = device;
  const name = device.name || t.unnamed;
  const isOwn = id === push.own.value;
  const date = dateOf(createdAt, lang);
  const since = pushedAt === undefined
    ? fill(t.since, { date })
    : fill(t.sinceLast, { date, last: dateOf(pushedAt, lang) });
  return (
    <>
      <p>
        <strong>{name}</strong>
        {isOwn && ` (${t.thisOne})`}
        <span>{since}</span>
      </p>
      <Button
        size="small"
        aria-label={fill(t.testLabel, { device: name })}
        disabled={push.isBusy.value}
        onClick={() => push.test(id)}
      >
        {t.test}
      </Button>
      <Button
        size="small"
        aria-label={fill(t.removeLabel, { device: name })}
        disabled={push.isBusy.value}
        onClick={() => push.remove(id)}
      >
        {t.remove}
      </Button>
    </>
  );
}

function dateOf(time: number, lang: string): string {
  const format = { dateStyle: "medium" } as const;
  return new Intl.DateTimeFormat(lang, format).format(time);
}
