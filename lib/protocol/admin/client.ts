import * as v from "valibot";
import { ok } from "@/lib/base/result.ts";
import { WidgetVersion } from "@/lib/model/audit.ts";
import type { OpeningHours } from "@/lib/model/hours.ts";
import { PictureId } from "@/lib/model/picture.ts";
import type { WidgetType, WidgetUuid } from "@/lib/model/widget.ts";
import { HoursStateView } from "./hours_state.ts";
import {
  AccountView,
  AgentPage,
  AuditPage,
  type NewPerson,
  PersonView,
  PinnedScript,
  type RestoreWidget,
  type SaveAccount,
  type SavePerson,
  type SaveWidget,
  VersionView,
  WidgetSummary,
  WidgetView,
} from "./messages.ts";

import { Blockable, BlockView, type BlockVisitor } from "./blocks.ts";
import { ContactVisit, Deleted } from "./contacts.ts";
import { type Answer, JsonClient } from "./json_client.ts";
import { CreatedToken, type NewToken } from "./tokens.ts";
import { NetworkTest } from "./network.ts";
import { PbxView, TracePage } from "./pbx.ts";
import { SharesView, StatisticsView } from "./statistics.ts";

export type { Answer, CallError } from "./json_client.ts";

const Nothing = v.undefined();
const Widgets = v.object({ widgets: v.array(WidgetSummary) });
const People = v.object({ people: v.array(PersonView) });
const Versions = v.object({ versions: v.array(WidgetVersion) });
const Uploaded = v.object({ id: PictureId });

/**
 * The client of the admin's protocol for islands. It never throws: every
 * failure is a CallError, even if the service cannot be reached or sends an
 * invalid answer.
 */
export class AdminClient extends JsonClient {
  async listWidgets(): Answer<WidgetSummary[]> {
    const answer = await this.call("GET", "/api/widgets", Widgets);
    return answer.ok ? ok(answer.value.widgets) : answer;
  }

  createWidget(type: WidgetType): Answer<WidgetView> {
    return this.send("POST", "/api/widgets", { type }, WidgetView);
  }

  getWidget(uuid: WidgetUuid): Answer<WidgetView> {
    return this.call("GET", `/api/widgets/${uuid}`, WidgetView);
  }

  saveWidget(uuid: WidgetUuid, save: SaveWidget): Answer<WidgetView> {
    return this.send("PUT", `/api/widgets/${uuid}`, save, WidgetView);
  }

  /** Returns the current script, for websites that pin it. */
  pinnedScript(): Answer<PinnedScript> {
    return this.call("GET", "/widget.json", PinnedScript);
  }

  deleteWidget(uuid: WidgetUuid): Answer<undefined> {
    return this.call("DELETE", `/api/widgets/${uuid}`, Nothing);
  }

  /** Returns the widget's versions, newest first. */
  async listVersions(uuid: WidgetUuid): Answer<WidgetVersion[]> {
    const path = `/api/widgets/${uuid}/versions`;
    const answer = await this.call("GET", path, Versions);
    return answer.ok ? ok(answer.value.versions) : answer;
  }

  getVersion(uuid: WidgetUuid, version: number): Answer<VersionView> {
    const path = `/api/widgets/${uuid}/versions/${version}`;
    return this.call("GET", path, VersionView);
  }

  restoreWidget(uuid: WidgetUuid, restore: RestoreWidget): Answer<WidgetView> {
    const path = `/api/widgets/${uuid}/restore`;
    return this.send("POST", path, restore, WidgetView);
  }

  /** Returns the state of these hours, which need not be saved. */
  hoursState(hours: OpeningHours): Answer<HoursStateView> {
    return this.send("POST", "/api/hours", hours, HoursStateView);
  }

  /** Returns changes by administrators, newest first; `after` is a page's
   * `next`. */
  listAudit(after = ""): Answer<AuditPage> {
    const query = new URLSearchParams({ after });
    return this.call("GET", `/api/audit?${query}`, AuditPage);
  }

  /** Returns statistics; `query` is a StatisticsQuery. */
  getStatistics(
    query: URLSearchParams,
    signal?: AbortSignal,
  ): Answer<StatisticsView> {
    const init = signal === undefined ? {} : { signal };
    const path = `/api/statistics?${query}`;
    return this.call("GET", path, StatisticsView, init);
  }

  /** Returns the share of each widget or agent. */
  getShares(
    of: "widgets" | "agents",
    query: URLSearchParams,
    signal?: AbortSignal,
  ): Answer<SharesView> {
    const init = signal === undefined ? {} : { signal };
    const path = `/api/statistics/${of}?${query}`;
    return this.call("GET", path, SharesView, init);
  }

  /** Uploads a picture of at most PICTURE_BYTES_MAX bytes; returns its id. */
  async uploadPicture(picture: Blob): Answer<PictureId> {
    const init = bytesOf(picture);
    const answer = await this.call("POST", "/api/pictures", Uploaded, init);
    return answer.ok ? ok(answer.value.id) : answer;
  }

  /** Returns the agents whose name or address contains `text`; `after` is a
   * page's `next`. */
  findAgents(
    text: string,
    { after = "", signal }: { after?: string; signal?: AbortSignal } = {},
  ): Answer<AgentPage> {
    const query = new URLSearchParams({ text, after });
    const init = signal === undefined ? {} : { signal };
    return this.call("GET", `/api/agents?${query}`, AgentPage, init);
  }

  async listPeople(): Answer<PersonView[]> {
    const answer = await this.call("GET", "/api/people", People);
    return answer.ok ? ok(answer.value.people) : answer;
  }

  createPerson(person: NewPerson): Answer<PersonView> {
    return this.send("POST", "/api/people", person, PersonView);
  }

  savePerson(id: string, save: SavePerson): Answer<PersonView> {
    return this.send("PUT", `/api/people/${id}`, save, PersonView);
  }

  deletePerson(id: string): Answer<undefined> {
    return this.call("DELETE", `/api/people/${id}`, Nothing);
  }

  saveAccount(save: SaveAccount): Answer<AccountView> {
    return this.send("PUT", "/api/account", save, AccountView);
  }

  /** Uploads one's own picture, as {@linkcode uploadPicture} does. */
  saveOwnPicture(picture: Blob): Answer<AccountView> {
    const path = "/api/account/picture";
    return this.call("PUT", path, AccountView, bytesOf(picture));
  }

  removeOwnPicture(): Answer<AccountView> {
    return this.call("DELETE", "/api/account/picture", AccountView);
  }

  getPbx(): Answer<PbxView> {
    return this.call("GET", "/api/pbx", PbxView);
  }

  savePbxPassword(password: string): Answer<PbxView> {
    return this.send("PUT", "/api/pbx/password", { password }, PbxView);
  }

  /** Returns a contact with all others of its visit. */
  getContact(key: string): Answer<ContactVisit> {
    const path = `/api/contacts/${encodeURIComponent(key)}`;
    return this.call("GET", path, ContactVisit);
  }

  /** Deletes a contact, or with `whole` all of its visit. */
  deleteContact(key: string, { whole }: { whole: boolean }): Answer<Deleted> {
    const path = `/api/contacts/${encodeURIComponent(key)}`;
    return this.call("DELETE", whole ? `${path}?visit` : path, Deleted);
  }

  /** Returns how the visitor of a call or chat can be blocked. */
  getBlockable(contact: string): Answer<Blockable> {
    const path = `/api/account/blocks/${encodeURIComponent(contact)}`;
    return this.call("GET", path, Blockable);
  }

  blockVisitor(block: BlockVisitor): Answer<BlockView> {
    return this.send("POST", "/api/account/blocks", block, BlockView);
  }

  endBlock(id: string): Answer<undefined> {
    const path = `/api/blocks/${encodeURIComponent(id)}`;
    return this.call("DELETE", path, Nothing);
  }

  /** Creates a token for a program; the answer has its text. */
  createToken(token: NewToken): Answer<CreatedToken> {
    return this.send("POST", "/api/tokens", token, CreatedToken);
  }

  revokeToken(id: string): Answer<undefined> {
    const path = `/api/tokens/${encodeURIComponent(id)}`;
    return this.call("DELETE", path, Nothing);
  }

  /** Returns the servers of calls, with credentials for a test that are valid
   * for some minutes. */
  testNetwork(): Answer<NetworkTest> {
    return this.call("POST", "/api/network/test", NetworkTest);
  }

  /** Returns the messages that contain `text`, after those of the page whose
   * `after` this is, or all. */
  getPbxTrace(text: string, after: string): Answer<TracePage> {
    const query = new URLSearchParams({ text, after });
    return this.call("GET", `/api/pbx/trace?${query}`, TracePage);
  }
}

function bytesOf(picture: Blob): RequestInit {
  const type = picture.type || "application/octet-stream";
  return { headers: { "content-type": type }, body: picture };
}
