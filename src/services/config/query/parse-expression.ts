/**
 * Reads AWS's subset of SQL, rule by rule:
 *
 *     expression = SELECT item {, item} [WHERE condition] [GROUP BY property {, property}] [ORDER BY key {, key}]
 *     item       = * | property | aggregate
 *     aggregate  = COUNT(*) | AVG|COUNT|MAX|MIN|SUM(property)
 *     condition  = conjunction {OR conjunction}
 *     conjunction = negation {AND negation}
 *     negation   = NOT negation | (condition) | predicate
 *     predicate  = property =|!=|<|<=|>|>= literal | property [NOT] IN (literal {, literal})
 *                | property [NOT] BETWEEN literal AND literal | property [NOT] LIKE 'text'
 *     key        = (property | aggregate) [ASC|DESC]
 *     literal    = 'text' | number | TRUE | FALSE
 *
 * spec: CFG-QUERY-1
 */
import {
  aggregateFunctions,
  comparisonOperators,
  type Aggregate,
  type Expression,
  type Literal,
  type OrderItem,
  type Predicate,
  type PropertyName,
  type SelectItem,
} from './expression.ts';
import { syntaxError, tokensOf, type Token } from './tokens.ts';

/** Parentheses and NOTs within each other: more is no question that anybody asks. */
const nestingMax = 100;

/** Words that are no property: those of the grammar, and of SQL what AWS leaves out. */
const keywords = new Set(
  `SELECT WHERE GROUP ORDER BY ASC DESC AND OR NOT IN LIKE BETWEEN TRUE FALSE
   ALL AS DISTINCT FROM HAVING JOIN UNION NULL IS`.split(/\s+/),
);

/** @throws InvalidExpressionException naming line and column of the first word that doesn't fit */
export function parseExpression(text: string): Expression {
  return new Parser(tokensOf(text)).expression();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #nesting = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  expression(): Expression {
    this.#expectKeyword('SELECT');
    const select = this.#list(() => this.#selectItem());
    const where = this.#takeKeyword('WHERE') ? this.#condition() : null;
    const groupBy = this.#takeBy('GROUP') ? this.#list(() => this.#property()) : [];
    const orderBy = this.#takeBy('ORDER') ? this.#list(() => this.#orderItem()) : [];
    if (this.#peek().kind !== 'end') throw this.#misfit();
    return { select, where, groupBy, orderBy };
  }

  #selectItem(): SelectItem {
    const { at } = this.#peek();
    return this.#takeSymbol('*') ? { kind: 'everything', at } : this.#propertyOrAggregate();
  }

  #orderItem(): OrderItem {
    const by = this.#propertyOrAggregate();
    const isDescending = this.#takeKeyword('DESC');
    if (!isDescending) this.#takeKeyword('ASC');
    return { by, isDescending };
  }

  #propertyOrAggregate(): PropertyName | Aggregate {
    const property = this.#property();
    const name = aggregateFunctions.find((one) => one === property.name.toUpperCase());
    if (name === undefined || !this.#takeSymbol('(')) return property;
    const argument = name === 'COUNT' && this.#takeSymbol('*') ? null : this.#property();
    this.#expectSymbol(')');
    return { kind: 'aggregate', function: name, property: argument, at: property.at };
  }

  #property(): PropertyName {
    const token = this.#peek();
    if (token.kind !== 'word' || keywords.has(token.text.toUpperCase())) throw this.#misfit();
    this.#next++;
    return { kind: 'property', name: token.text, at: token.at };
  }

  #condition(): Predicate {
    return this.#joined('OR', () => this.#joined('AND', () => this.#negation()));
  }

  #joined(by: 'AND' | 'OR', part: () => Predicate): Predicate {
    const first = part();
    const of = [first];
    while (this.#takeKeyword(by)) of.push(part());
    return of.length === 1 ? first : { kind: by === 'AND' ? 'and' : 'or', of };
  }

  #negation(): Predicate {
    if (++this.#nesting > nestingMax) throw this.#misfit();
    try {
      if (this.#takeKeyword('NOT')) return { kind: 'not', of: this.#negation() };
      if (!this.#takeSymbol('(')) return this.#predicate();
      const condition = this.#condition();
      this.#expectSymbol(')');
      return condition;
    } finally {
      this.#nesting--;
    }
  }

  #predicate(): Predicate {
    const property = this.#property();
    const operator = comparisonOperators.find((symbol) => this.#takeSymbol(symbol));
    if (operator !== undefined) return { kind: 'compare', property, operator, value: this.#literal() };
    const isNegated = this.#takeKeyword('NOT');
    const predicate = this.#membership(property);
    return isNegated ? { kind: 'not', of: predicate } : predicate;
  }

  #membership(property: PropertyName): Predicate {
    if (this.#takeKeyword('IN')) {
      this.#expectSymbol('(');
      const values = this.#list(() => this.#literal());
      this.#expectSymbol(')');
      return { kind: 'in', property, values };
    }
    if (this.#takeKeyword('BETWEEN')) {
      const low = this.#literal();
      this.#expectKeyword('AND');
      return { kind: 'between', property, low, high: this.#literal() };
    }
    this.#expectKeyword('LIKE');
    if (this.#peek().kind !== 'text') throw this.#misfit();
    return { kind: 'like', property, pattern: this.#literal() };
  }

  #literal(): Literal {
    const token = this.#peek();
    const { at } = token;
    if (token.kind === 'text' || token.kind === 'number') {
      this.#next++;
      return { value: token.value, at };
    }
    if (this.#takeKeyword('TRUE')) return { value: true, at };
    if (this.#takeKeyword('FALSE')) return { value: false, at };
    throw this.#misfit();
  }

  #list<Part>(part: () => Part): readonly Part[] {
    const parts = [part()];
    while (this.#takeSymbol(',')) parts.push(part());
    return parts;
  }

  #takeBy(keyword: 'GROUP' | 'ORDER'): boolean {
    if (!this.#takeKeyword(keyword)) return false;
    this.#expectKeyword('BY');
    return true;
  }

  #takeKeyword(keyword: string): boolean {
    const token = this.#peek();
    const isThere = token.kind === 'word' && token.text.toUpperCase() === keyword;
    if (isThere) this.#next++;
    return isThere;
  }

  #takeSymbol(symbol: string): boolean {
    const token = this.#peek();
    const isThere = token.kind === 'symbol' && token.text === symbol;
    if (isThere) this.#next++;
    return isThere;
  }

  #expectKeyword(keyword: string): void {
    if (!this.#takeKeyword(keyword)) throw this.#misfit();
  }

  #expectSymbol(symbol: string): void {
    if (!this.#takeSymbol(symbol)) throw this.#misfit();
  }

  #peek(): Token {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw new Error('INVARIANT (tokens end with `end`): read beyond it');
    return token;
  }

  #misfit(): Error {
    return syntaxError(this.#peek().at);
  }
}
