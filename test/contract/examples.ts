import type { Contract } from "./contract";
import type { Located, Operation, Platform } from "./document";
import { isJsonObject, objectAt, type JsonValue } from "./json";

export interface Example {
  readonly platform: Platform;
  readonly operationId: string;
  readonly direction: "request" | "response" | "parameter";
  /** The response's key (`200`, `2XX`); absent for requests. */
  readonly status?: string;
  readonly name: string;
  readonly value: JsonValue;
  /** Where the schema stands that the value must satisfy. */
  readonly schema: string;
}

const json = "application/json";

/** Every example of the contract's requests, responses and parameters, with the schema it must satisfy. */
export function examples(contract: Contract): Example[] {
  return contract.operations.flatMap((operation) => [
    ...requestExamples(contract, operation),
    ...responseExamples(contract, operation),
    ...operation.parameters.flatMap(({ name, example, schema }) =>
      example === undefined
        ? []
        : [{ ...owner(operation), direction: "parameter" as const, name, value: example, schema }],
    ),
  ]);
}

const owner = ({ platform, operationId }: Operation) => ({ platform, operationId });

function requestExamples(contract: Contract, operation: Operation): Example[] {
  const holder = contract.document.child(operation.place, "requestBody", "content", json);
  return named(contract, holder).flatMap(([name, value]) => {
    const schema = contract.requestSchemaFor(operation, value);
    if (schema === undefined) return [];
    return [{ ...owner(operation), direction: "request", name, value, schema }];
  });
}

function responseExamples(contract: Contract, operation: Operation): Example[] {
  return Object.keys(objectAt(operation.place.node, "responses")).flatMap((status) => {
    const holder = contract.document.child(operation.place, "responses", status, "content", json);
    if (!holder) return [];
    const schema = `${holder.pointer}/schema`;
    return named(contract, holder).map(([name, value]) => ({
      ...owner(operation),
      direction: "response" as const,
      status,
      name,
      value,
      schema,
    }));
  });
}

function named(contract: Contract, holder: Located | undefined): [string, JsonValue][] {
  if (!holder || !isJsonObject(holder.node.examples)) return [];
  return Object.keys(holder.node.examples).flatMap((name): [string, JsonValue][] => {
    const value = contract.document.child(holder, "examples", name)?.node.value;
    return value === undefined ? [] : [[name, value]];
  });
}
