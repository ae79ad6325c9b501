export { campaign } from './campaign';
export { unitCampaign as 'unit-campaign' } from './unit-campaign';
