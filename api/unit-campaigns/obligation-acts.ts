import type { Json } from '../../domain/case';
import type { Action } from '../../domain/policy';
import type { ObligationMessage } from '../../domain/unit-campaign/messages';
import type { ObligationState } from '../../domain/unit-campaign/state';
import { act } from '../acting/act';
import { attachedTo, attachmentIds, attachmentsNamed } from '../attachments/of-content';
import { scanContent } from '../contents/scan';
import { storeContent } from '../contents/store-content';
import { day, note, opaqueId, reason, seen } from '../http/fields';
import { Refused } from '../http/problem';
import { type Asked, type Route, route } from '../http/route';
import { z } from '../http/z';
import { decisionSchema } from '../present/decision';
import { obligationSchema, presentObligation } from '../present/obligation';
import { complete, formOf, onBehalfOf } from './filing';
import { type Loaded, loadObligation, loadUnitCampaign, viewing } from './load';
import { basisOf, etagOf, refuseStale, withChanges } from './precondition';

type Type = ObligationMessage['type'];
type Message<T extends Type> = Extract<ObligationMessage, { type: T }>;
/** What a message says beside its type and obligation. */
type Says<T extends Type> = Omit<Message<T>, 'type' | 'obligation'>;
type Params = { id: string; code: string };

export const obligationParams = z.object({
  id: opaqueId,
  code: z
    .string()
    .max(90)
    .openapi({ description: 'Percent-encoded: `self-inspection%232`.', example: 'deployment-report' }),
});

/** 202 has the decision alone. */
const answers = z.object({
  decision: decisionSchema,
  obligation: obligationSchema.optional(),
  etag: z.string().optional().openapi({ description: 'As the header: of the obligation as it is shown here.' }),
});

/** Messages that say no more than what was asked. */
export const obligationActs: Route[] = [
  plain('sign', 'The head signs the version seen', z.strictObject({ seen })),
  plain('withdraw', 'The filer takes it back before the review starts', z.strictObject({ reason })),
  plain('start-review', 'A reviewer begins to look at it', z.strictObject({})),
  plain('accept', 'The version seen is accepted', z.strictObject({ seen, note: note.optional() })),
  plain(
    'return',
    'The version seen is sent back with reasons and a new day',
    z.strictObject({
      seen,
      redo: day,
      reasons: z
        .array(z.strictObject({ place: z.string().max(200).optional(), text: reason }))
        .min(1)
        .max(200),
    }),
  ),
  plain('consent', 'The unit agrees with the correction seen', z.strictObject({ seen })),
  plain('decline', 'The unit does not agree with the correction', z.strictObject({ reason })),
  plain('reopen', 'An acceptance made by mistake is undone', z.strictObject({ reason })),
  plain('exempt', 'The unit need not hand it in', z.strictObject({ reason })),
  plain('reinstate', 'An exemption is taken back', z.strictObject({ reason, due: day })),
  plain('ask-extension', 'The unit asks for more time', z.strictObject({ to: day, reason })),
  plain(
    'decide-extension',
    'More time is granted or not',
    z.strictObject({ grant: z.boolean(), to: day.optional(), reason }),
  ),
  plain('move-due', 'The day is moved for this unit alone', z.strictObject({ due: day, reason })),
  plain('urge', 'One more word to whoever it waits for', z.strictObject({ note: note.optional() })),
  plain(
    'settle-talk',
    'How a proposed talk ended; only a leader rejects one',
    z.strictObject({ outcome: z.enum(['held', 'refused', 'rejected']), note }),
    ({ outcome }) => (outcome === 'rejected' ? 'reject-talk' : 'settle-talk'),
  ),
  ...withContent(),
];

function withContent(): Route[] {
  // Not z.json(): it is recursive, and the OpenAPI generator follows it without end. A body is JSON anyway.
  const value: z.ZodType<Json> = z.any();
  const form = z.record(z.string().max(80), value).openapi({ description: 'Values by field code, see the form.' });
  const paper = z.strictObject({ scan: z.base64().min(16).openapi({ description: 'PDF, JPEG or PNG.' }) });
  return [
    route({
      ...common('file', 'A version is handed in, by the unit or for it'),
      description: 'The office files only what came on stamped paper (代录) and sends the scan of it.',
      body: z.strictObject({ form, paper: paper.optional(), attachments: attachmentIds.optional() }),
      handle: (asked) =>
        deliver(asked, 'file', async (loaded, at) => {
          const { body, params, who, services } = asked;
          const onBehalf = onBehalfOf(who, loaded.doc.state.unit, body.paper !== undefined);
          const filled = complete(formOf(loaded.plan, loaded.doc.state, params.code), body.form);
          const attachments = await attachmentsNamed(services.store, loaded.doc._id, body.attachments);
          const of = { act: at, case: loaded.doc._id, obligation: params.code, by: who.id };
          const scan =
            body.paper && (await storeContent(services.store, { ...of, form: scanContent(body.paper.scan) }));
          const content = await storeContent(services.store, { ...of, form: filled, attachments });
          return { content, ...onBehalf, ...(scan && { paper: scan }) };
        }),
    }),
    route({
      ...common('correct', 'A small correction by the reviewer, which the unit must consent to'),
      body: z.strictObject({ seen, form, note: reason }),
      handle: (asked) =>
        deliver(asked, 'correct', async (loaded, at) => {
          const { body, params, who, services } = asked;
          const filled = complete(formOf(loaded.plan, loaded.doc.state, params.code), body.form);
          const of = { act: at, case: loaded.doc._id, obligation: params.code, by: who.id };
          // What is corrected is the form; what came with it goes on being part of it.
          const attachments = await attachedTo(services.store, loaded.obligation);
          const content = await storeContent(services.store, { ...of, form: filled, attachments });
          return { seen: body.seen, note: body.note, content };
        }),
    }),
  ];
}

function plain<T extends Type & Action>(
  type: T,
  summary: string,
  body: z.ZodType<Says<T>>,
  actionFor: (says: Says<T>) => Action = () => type,
): Route {
  return route({
    ...common(type, summary),
    body,
    handle: (asked) => deliver(asked, type, async () => asked.body, actionFor(asked.body)),
  });
}

function common(type: Type & Action, summary: string) {
  return {
    method: 'post' as const,
    path: `/unit-campaigns/{id}/obligations/{code}/${type}`,
    tag: 'obligations',
    permission: type,
    summary,
    params: obligationParams,
    answers,
    acts: true,
    conditional: true,
  };
}

/** Authorises, gives the case the message, and shows the obligation as it then is. */
async function deliver<T extends Type & Action, B>(
  asked: Asked<Params, unknown, B>,
  type: T,
  says: (loaded: Loaded & { obligation: ObligationState }, act: { id: string; at: number }) => Promise<Says<T>>,
  action: Action = type,
) {
  const { params, who, services, ifMatch } = asked;
  const loaded = await loadObligation(services, who, action, params);
  const basis = ifMatch && basisOf(ifMatch);
  const reply = await act(asked, {
    case: loaded.doc._id,
    zone: () => loaded.plan.zone,
    ...(basis && { basis }),
    message: async (at) => {
      refuseStale(basis, loaded.obligation);
      return { type, obligation: params.code, ...(await says(loaded, at)) };
    },
    present: async () => {
      const now = await loadUnitCampaign(services, who, 'read-unit-campaign', params.id);
      const { state } = now.doc;
      const obligation = state.obligations.find((one) => one.code === params.code)!;
      return {
        obligation: {
          ...presentObligation(state, obligation, await viewing(services, who, now)),
          attachments: await attachedTo(services.store, obligation),
        },
        etag: await etagOf(services.store, now.doc, obligation),
      };
    },
  }).catch(async (error) => {
    const stale = error instanceof Refused && error.refusal === 'precondition-failed';
    throw stale ? await withChanges(error, services, loaded, { ...params, ifMatch: ifMatch ?? [] }) : error;
  });
  const { etag } = reply.body;
  return { ...reply, ...(etag !== undefined && { headers: { ETag: etag } }) };
}
