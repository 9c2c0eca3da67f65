import {
  AppWindow,
  Bell,
  BellOff,
  BellRing,
  Volume2,
  VolumeX,
} from "lucide-preact";
import { Button } from "@/lib/ui/button.tsx";
import { useDesk } from "./desk_ui.ts";
import { PushRow } from "./push_row.tsx";

/** Shows whether sound and notifications work, and how to turn them on. */
export function AlertsPanel() {
  const { alerts, texts } = useDesk();
  const t = texts.alerts;
  const notify = alerts.notify.value;
  const isUnlocked = alerts.isUnlocked.value;
  const Sound = isUnlocked ? Volume2 : VolumeX;
  const Notify = notify === "on" ? BellRing : notify === "ask" ? Bell : BellOff;
  return (
    <section class="desk-alerts" aria-label={t.label}>
      <div class="desk-alert">
        <Sound size={16} aria-hidden="true" />
        <p>
          <strong>{t.sound}</strong>
          <span>{isUnlocked ? t.soundReady : t.soundLocked}</span>
        </p>
        <Button size="small" onClick={() => alerts.test()}>
          {alerts.isTesting.value ? t.stop : t.test}
        </Button>
      </div>
      <div class="desk-alert">
        <Notify size={16} aria-hidden="true" />
        <p>
          <strong>{t.notify}</strong>
          <span>
            {{
              ask: t.notifyAsk,
              on: t.notifyAsk,
              off: t.notifyOff,
              none: t.notifyNone,
              failed: t.notifyFailed,
            }[notify]}
          </span>
        </p>
        {notify === "ask" && (
          <Button
            size="small"
            onClick={() => alerts.askToNotify()}
          >
            {t.notifyAllow}
          </Button>
        )}
        {notify === "on" && <span class="desk-alert-on">{t.notifyOn}</span>}
      </div>
      <PushRow />
      <InstallRow />
    </section>
  );
}

/** Offers to install the desk, while the browser can do so. */
function InstallRow() {
  const { installer, texts: { app: t } } = useDesk();
  if (!installer.canInstall.value) return null;
  return (
    <div class="desk-alert">
      <AppWindow size={16} aria-hidden="true" />
      <p>
        <strong>{t.title}</strong>
        <span>{t.text}</span>
      </p>
      <Button size="small" onClick={() => installer.install()}>
        {t.install}
      </Button>
    </div>
  );
}
