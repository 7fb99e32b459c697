/** As much of JSON Schema as Glance's schemas use. */
export interface JsonSchema {
  type?: string | string[];
  description?: string;
  readOnly?: boolean;
  enum?: readonly (string | boolean | null)[];
  maxLength?: number;
  minLength?: number;
  pattern?: string;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  is_base?: boolean;
  writeOnly?: boolean;
  minimum?: number;
  uniqueItems?: boolean;
  minItems?: number;
  allOf?: JsonSchema[];
  $ref?: string;
  definitions?: Record<string, JsonSchema>;
  dependentRequired?: Record<string, string[]>;
  title?: string;
  format?: string;
  default?: unknown;
  links?: { rel: string; href: string }[];
}
