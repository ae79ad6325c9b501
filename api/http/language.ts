import type { Request } from 'express';
import type { Lang } from './problem';

/** The reader's language: the best of Accept-Language that we have, Chinese when there is none. */
export function languageOf(request: Request): Lang {
  return (request.acceptsLanguages('zh', 'en') || 'zh') as Lang;
}
