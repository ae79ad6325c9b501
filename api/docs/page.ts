import path from 'node:path';
import { type RequestHandler, Router } from 'express';

/** Of the package that is installed with us: nothing comes from anywhere else when the page is opened. */
const ASSETS = path.dirname(require.resolve('swagger-ui-dist/package.json'));
const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];
/** They change only with a release of ours. */
const KEPT_MS = 3_600_000;

/** Nothing inline and nothing from elsewhere: a token is typed into this page. Its icons are data: in its own CSS. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

// Addresses are relative to /api/v1/docs, so that the page works behind a proxy with a prefix.
const PAGE = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>销号 Xiaohao · API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css">
    <link rel="icon" type="image/png" href="docs/favicon-32x32.png">
  </head>
  <body>
    <div id="api"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

// The token stays in the page, not in the browser's storage.
const START = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  persistAuthorization: false,
  displayRequestDuration: true,
});
`;

/**
 * `GET /api/v1/docs`: a page to read the OpenAPI document and to try the API with one's own token. Open to anybody,
 * as the document is; what is tried on it is authorised like every other request.
 */
export function docsPage(): Router {
  // Strict: with a slash at its end the page would look for its parts one folder too deep.
  const router = Router({ strict: true });
  router.get('/docs', secured, (_request, response) => {
    response.set('Cache-Control', 'no-cache').type('html').send(PAGE);
  });
  router.get('/docs/', (_request, response) => response.redirect('../docs'));
  router.get('/docs/start.js', secured, (_request, response) => {
    response.set('Cache-Control', 'no-cache').type('js').send(START);
  });
  for (const file of FILES) {
    router.get(`/docs/${file}`, secured, (_request, response) => {
      response.sendFile(file, { root: ASSETS, maxAge: KEPT_MS });
    });
  }
  return router;
}

const secured: RequestHandler = (_request, response, next) => {
  response.locals.route = '/api/v1/docs';
  response.set('Content-Security-Policy', POLICY);
  next();
};
