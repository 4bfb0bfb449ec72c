import type { Clock } from "../../platform/clock.ts";
import { waitingForLock } from "../lock-wait.ts";
import type { GroupRepository } from "./group-types.ts";

/** What the groups of a database need so that what is answered is on the disk. */
export interface AvailabilityParts {
  readonly groups: GroupRepository;
  readonly clock: Pick<Clock, "now" | "after">;
  /** Throws store-unavailable where what is written would be lost. */
  readonly checkFile: () => void;
  /** Settles when what was written has reached the disk: only then is it acknowledged. */
  readonly durable: () => Promise<void>;
}

/** Groups, for a database that at times is locked: that is waited for, without standing still. */
export function availableGroups({ groups, clock, checkFile, durable }: AvailabilityParts): GroupRepository {
  const read = <T>(work: () => Promise<T>): Promise<T> => waitingForLock(clock, work);
  async function write<T>(work: () => Promise<T>): Promise<T> {
    const answer = await waitingForLock(clock, async () => {
      checkFile();
      return work();
    });
    await durable();
    return answer;
  }
  return {
    create: (group) => write(() => groups.create(group)),
    find: (ref) => read(() => groups.find(ref)),
    list: (page) => read(() => groups.list(page)),
    update: (ref, change) => write(() => groups.update(ref, change)),
    remove: (ref, how) => write(() => groups.remove(ref, how)),
    withOtherPool: (pools) => read(() => groups.withOtherPool(pools)),
    overridden: (group, fields) => read(() => groups.overridden(group, fields)),
    count: () => read(() => groups.count()),
  };
}
