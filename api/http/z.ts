import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

// Schemas are named and described where they stand, for the OpenAPI document.
extendZodWithOpenApi(z);

export { z };
