import { attachmentRoutes } from './attachments/routes';
import { bounceRoute } from './bounces/routes';
import { calendarFeedRoutes } from './calendar-feeds/routes';
import { boardRoute } from './campaigns/board';
import { callRoutes } from './campaigns/calls';
import { launchRoute } from './campaigns/launch';
import { campaignLists } from './campaigns/lists';
import { campaignReads } from './campaigns/reads';
import { resultRoute } from './campaigns/result';
import { steeringRoutes } from './campaigns/steer';
import { contentRoutes } from './contents/routes';
import type { Route } from './http/route';
import { mailRoutes } from './mails/routes';
import { operatorRoutes } from './operator/routes';
import { peopleRoutes } from './people/routes';
import { planRoutes } from './plans/routes';
import { rehearsalRoutes } from './rehearsals/routes';
import { tokenRoutes } from './tokens/routes';
import { unitCampaignRoutes } from './unit-campaigns/routes';
import { unitRoutes } from './units/routes';

/** All of `/api/v1`. */
export const ROUTES: Route[] = [
  ...planRoutes,
  ...unitRoutes,
  launchRoute,
  ...campaignReads,
  boardRoute,
  ...campaignLists,
  ...callRoutes,
  resultRoute,
  ...steeringRoutes,
  ...unitCampaignRoutes,
  ...contentRoutes,
  ...attachmentRoutes,
  ...mailRoutes,
  ...peopleRoutes,
  bounceRoute,
  ...tokenRoutes,
  ...operatorRoutes,
  ...calendarFeedRoutes,
  ...rehearsalRoutes,
];
