import { createConsumer } from "../support/consumer";
import { describeProgram } from "./observed";
import { filesOf, ways } from "./ways";

for (const way of ways) {
  describeProgram(`a program in ${way.title}`, async () => {
    const consumer = await createConsumer({ ...way.project, files: filesOf(way) });
    const outcome = await consumer.node(way.file, way.arguments);
    consumer.dispose();
    return outcome;
  });
}
