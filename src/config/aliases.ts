import { isAlias, visit, type Document, type Node } from 'yaml'

/** The nodes that a document's aliases stand for. An anchor may be set anew: the last one before the alias counts. */
export function aliasTargets(document: Document): ReadonlyMap<Node, Node> {
  const anchors = new Map<string, Node>()
  const targets = new Map<Node, Node>()
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node)
        return
      }
      const target = anchors.get(node.source)
      if (target !== undefined) targets.set(node, target)
    },
  })
  return targets
}
