import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { BtfBuilder } from '../../../test/support/btf-builder.ts';
import { ModuleTypes } from './module-types.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** A kernel with so many types before and after those of an skb. */
function buildVmlinux(): { readonly builder: BtfBuilder; readonly pointer: number } {
  const builder = new BtfBuilder();
  const skb = builder.struct('sk_buff', 232);
  const pointer = builder.pointer(skb);
  for (let index = 0; index < 100_000; index += 1) builder.reference('PTR', 0);
  return { builder, pointer };
}

test("a module's types cost what it has itself, not what the kernel has", async () => {
  const { builder, pointer } = buildVmlinux();
  const vmlinux = ModuleTypes.ofVmlinux(builder.build());
  expect(vmlinux.functions).toEqual([]);
  const before = process.memoryUsage().arrayBuffers;
  const modules = Array.from({ length: 100 }, (_, index) => {
    const split = new BtfBuilder(builder);
    split.func(`rcv_${index}`, [pointer]);
    const probe = split.prototype([split.pointer(0), pointer]);
    split.typedef(`btf_trace_seen_${index}`, split.pointer(probe));
    return ModuleTypes.ofModule(`m${index}`, split.build(), vmlinux);
  });
  for (const [index, module] of modules.entries()) {
    expect(module.functions).toMatchObject([{ name: `rcv_${index}`, argument: 1 }]);
    expect(module.tracepoints).toMatchObject([{ name: `seen_${index}`, argument: 1 }]);
  }
  // V8 frees array buffers beside the program, after a collection.
  const grownBytes = () => {
    collect();
    return process.memoryUsage().arrayBuffers - before;
  };
  await expect.poll(grownBytes).toBeLessThan(2 * 1024 * 1024);
});
