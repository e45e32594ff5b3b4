/** Folders of examples that need a cluster, a server or another stack, and run under mocks. */
export const mocked = ["database-users", "kubernetes-secret", "service-secrets", "stack-reference"];
