// Generated from proto by protobufjs-cli 2.7.1: npm run gen.
/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const google = $root.google = (() => {

    /**
     * Namespace google.
     * @exports google
     * @namespace
     */
    const google = {};

    google.protobuf = (function() {

        /**
         * Namespace protobuf.
         * @memberof google
         * @namespace
         */
        const protobuf = {};

        protobuf.Any = (function() {

            /**
             * Properties of an Any.
             * @typedef {Object} google.protobuf.Any.$Properties
             * @property {string|null} [type_url] Any type_url
             * @property {Uint8Array|null} [value] Any value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Any.
             * @memberof google.protobuf
             * @interface IAny
             * @augments google.protobuf.Any.$Properties
             * @deprecated Use google.protobuf.Any.$Properties instead.
             */

            /**
             * Shape of an Any.
             * @typedef {google.protobuf.Any.$Properties} google.protobuf.Any.$Shape
             */

            /**
             * Constructs a new Any.
             * @memberof google.protobuf
             * @classdesc Represents an Any.
             * @constructor
             * @param {google.protobuf.Any.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Any = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Any type_url.
             * @member {string} type_url
             * @memberof google.protobuf.Any
             * @instance
             */
            Any.prototype.type_url = "";

            /**
             * Any value.
             * @member {Uint8Array} value
             * @memberof google.protobuf.Any
             * @instance
             */
            Any.prototype.value = $util.newBuffer([]);

            /**
             * Encodes the specified Any message. Does not implicitly {@link google.protobuf.Any.verify|verify} messages.
             * @function encode
             * @memberof google.protobuf.Any
             * @static
             * @param {google.protobuf.Any.$Properties} message Any message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Any.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.type_url != null && $Object.hasOwnProperty.call(message, "type_url") && message.type_url !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.type_url);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Any message from the specified reader or buffer.
             * @function decode
             * @memberof google.protobuf.Any
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {google.protobuf.Any & google.protobuf.Any.$Shape} Any
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Any.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.google.protobuf.Any();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.type_url = value;
                            else
                                delete message.type_url;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Any;
        })();

        return protobuf;
    })();

    google.rpc = (function() {

        /**
         * Namespace rpc.
         * @memberof google
         * @namespace
         */
        const rpc = {};

        rpc.ErrorInfo = (function() {

            /**
             * Properties of an ErrorInfo.
             * @typedef {Object} google.rpc.ErrorInfo.$Properties
             * @property {string|null} [reason] ErrorInfo reason
             * @property {string|null} [domain] ErrorInfo domain
             * @property {Object.<string,string>|null} [metadata] ErrorInfo metadata
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ErrorInfo.
             * @memberof google.rpc
             * @interface IErrorInfo
             * @augments google.rpc.ErrorInfo.$Properties
             * @deprecated Use google.rpc.ErrorInfo.$Properties instead.
             */

            /**
             * Shape of an ErrorInfo.
             * @typedef {google.rpc.ErrorInfo.$Properties} google.rpc.ErrorInfo.$Shape
             */

            /**
             * Constructs a new ErrorInfo.
             * @memberof google.rpc
             * @classdesc Represents an ErrorInfo.
             * @constructor
             * @param {google.rpc.ErrorInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ErrorInfo = function (properties) {
                this.metadata = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ErrorInfo reason.
             * @member {string} reason
             * @memberof google.rpc.ErrorInfo
             * @instance
             */
            ErrorInfo.prototype.reason = "";

            /**
             * ErrorInfo domain.
             * @member {string} domain
             * @memberof google.rpc.ErrorInfo
             * @instance
             */
            ErrorInfo.prototype.domain = "";

            /**
             * ErrorInfo metadata.
             * @member {Object.<string,string>} metadata
             * @memberof google.rpc.ErrorInfo
             * @instance
             */
            ErrorInfo.prototype.metadata = $util.emptyObject;

            /**
             * Encodes the specified ErrorInfo message. Does not implicitly {@link google.rpc.ErrorInfo.verify|verify} messages.
             * @function encode
             * @memberof google.rpc.ErrorInfo
             * @static
             * @param {google.rpc.ErrorInfo.$Properties} message ErrorInfo message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ErrorInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reason);
                if (message.domain != null && $Object.hasOwnProperty.call(message, "domain") && message.domain !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.domain);
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
                    for (let keys = $Object.keys(message.metadata), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.metadata[keys[i]]).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ErrorInfo message from the specified reader or buffer.
             * @function decode
             * @memberof google.rpc.ErrorInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {google.rpc.ErrorInfo & google.rpc.ErrorInfo.$Shape} ErrorInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ErrorInfo.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.google.rpc.ErrorInfo();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.domain = value;
                            else
                                delete message.domain;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (message.metadata === $util.emptyObject)
                                message.metadata = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.metadata, key);
                            message.metadata[key] = value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ErrorInfo;
        })();

        rpc.BadRequest = (function() {

            /**
             * Properties of a BadRequest.
             * @typedef {Object} google.rpc.BadRequest.$Properties
             * @property {Array.<google.rpc.BadRequest.FieldViolation.$Properties>|null} [fieldViolations] BadRequest fieldViolations
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BadRequest.
             * @memberof google.rpc
             * @interface IBadRequest
             * @augments google.rpc.BadRequest.$Properties
             * @deprecated Use google.rpc.BadRequest.$Properties instead.
             */

            /**
             * Shape of a BadRequest.
             * @typedef {google.rpc.BadRequest.$Properties} google.rpc.BadRequest.$Shape
             */

            /**
             * Constructs a new BadRequest.
             * @memberof google.rpc
             * @classdesc Represents a BadRequest.
             * @constructor
             * @param {google.rpc.BadRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BadRequest = function (properties) {
                this.fieldViolations = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BadRequest fieldViolations.
             * @member {Array.<google.rpc.BadRequest.FieldViolation.$Properties>} fieldViolations
             * @memberof google.rpc.BadRequest
             * @instance
             */
            BadRequest.prototype.fieldViolations = $util.emptyArray;

            /**
             * Encodes the specified BadRequest message. Does not implicitly {@link google.rpc.BadRequest.verify|verify} messages.
             * @function encode
             * @memberof google.rpc.BadRequest
             * @static
             * @param {google.rpc.BadRequest.$Properties} message BadRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BadRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.fieldViolations != null && message.fieldViolations.length)
                    for (let i = 0; i < message.fieldViolations.length; ++i)
                        $root.google.rpc.BadRequest.FieldViolation.encode(message.fieldViolations[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BadRequest message from the specified reader or buffer.
             * @function decode
             * @memberof google.rpc.BadRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {google.rpc.BadRequest & google.rpc.BadRequest.$Shape} BadRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BadRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.google.rpc.BadRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.fieldViolations && message.fieldViolations.length))
                                message.fieldViolations = [];
                            message.fieldViolations.push($root.google.rpc.BadRequest.FieldViolation.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            BadRequest.FieldViolation = (function() {

                /**
                 * Properties of a FieldViolation.
                 * @typedef {Object} google.rpc.BadRequest.FieldViolation.$Properties
                 * @property {string|null} [field] FieldViolation field
                 * @property {string|null} [description] FieldViolation description
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a FieldViolation.
                 * @memberof google.rpc.BadRequest
                 * @interface IFieldViolation
                 * @augments google.rpc.BadRequest.FieldViolation.$Properties
                 * @deprecated Use google.rpc.BadRequest.FieldViolation.$Properties instead.
                 */

                /**
                 * Shape of a FieldViolation.
                 * @typedef {google.rpc.BadRequest.FieldViolation.$Properties} google.rpc.BadRequest.FieldViolation.$Shape
                 */

                /**
                 * Constructs a new FieldViolation.
                 * @memberof google.rpc.BadRequest
                 * @classdesc Represents a FieldViolation.
                 * @constructor
                 * @param {google.rpc.BadRequest.FieldViolation.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const FieldViolation = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * FieldViolation field.
                 * @member {string} field
                 * @memberof google.rpc.BadRequest.FieldViolation
                 * @instance
                 */
                FieldViolation.prototype.field = "";

                /**
                 * FieldViolation description.
                 * @member {string} description
                 * @memberof google.rpc.BadRequest.FieldViolation
                 * @instance
                 */
                FieldViolation.prototype.description = "";

                /**
                 * Encodes the specified FieldViolation message. Does not implicitly {@link google.rpc.BadRequest.FieldViolation.verify|verify} messages.
                 * @function encode
                 * @memberof google.rpc.BadRequest.FieldViolation
                 * @static
                 * @param {google.rpc.BadRequest.FieldViolation.$Properties} message FieldViolation message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                FieldViolation.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.field != null && $Object.hasOwnProperty.call(message, "field") && message.field !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.field);
                    if (message.description != null && $Object.hasOwnProperty.call(message, "description") && message.description !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.description);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a FieldViolation message from the specified reader or buffer.
                 * @function decode
                 * @memberof google.rpc.BadRequest.FieldViolation
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {google.rpc.BadRequest.FieldViolation & google.rpc.BadRequest.FieldViolation.$Shape} FieldViolation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                FieldViolation.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.google.rpc.BadRequest.FieldViolation();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.field = value;
                                else
                                    delete message.field;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.description = value;
                                else
                                    delete message.description;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return FieldViolation;
            })();

            return BadRequest;
        })();

        rpc.PreconditionFailure = (function() {

            /**
             * Properties of a PreconditionFailure.
             * @typedef {Object} google.rpc.PreconditionFailure.$Properties
             * @property {Array.<google.rpc.PreconditionFailure.Violation.$Properties>|null} [violations] PreconditionFailure violations
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PreconditionFailure.
             * @memberof google.rpc
             * @interface IPreconditionFailure
             * @augments google.rpc.PreconditionFailure.$Properties
             * @deprecated Use google.rpc.PreconditionFailure.$Properties instead.
             */

            /**
             * Shape of a PreconditionFailure.
             * @typedef {google.rpc.PreconditionFailure.$Properties} google.rpc.PreconditionFailure.$Shape
             */

            /**
             * Constructs a new PreconditionFailure.
             * @memberof google.rpc
             * @classdesc Represents a PreconditionFailure.
             * @constructor
             * @param {google.rpc.PreconditionFailure.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PreconditionFailure = function (properties) {
                this.violations = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PreconditionFailure violations.
             * @member {Array.<google.rpc.PreconditionFailure.Violation.$Properties>} violations
             * @memberof google.rpc.PreconditionFailure
             * @instance
             */
            PreconditionFailure.prototype.violations = $util.emptyArray;

            /**
             * Encodes the specified PreconditionFailure message. Does not implicitly {@link google.rpc.PreconditionFailure.verify|verify} messages.
             * @function encode
             * @memberof google.rpc.PreconditionFailure
             * @static
             * @param {google.rpc.PreconditionFailure.$Properties} message PreconditionFailure message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PreconditionFailure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.violations != null && message.violations.length)
                    for (let i = 0; i < message.violations.length; ++i)
                        $root.google.rpc.PreconditionFailure.Violation.encode(message.violations[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PreconditionFailure message from the specified reader or buffer.
             * @function decode
             * @memberof google.rpc.PreconditionFailure
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {google.rpc.PreconditionFailure & google.rpc.PreconditionFailure.$Shape} PreconditionFailure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PreconditionFailure.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.google.rpc.PreconditionFailure();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.violations && message.violations.length))
                                message.violations = [];
                            message.violations.push($root.google.rpc.PreconditionFailure.Violation.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            PreconditionFailure.Violation = (function() {

                /**
                 * Properties of a Violation.
                 * @typedef {Object} google.rpc.PreconditionFailure.Violation.$Properties
                 * @property {string|null} [type] Violation type
                 * @property {string|null} [subject] Violation subject
                 * @property {string|null} [description] Violation description
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Violation.
                 * @memberof google.rpc.PreconditionFailure
                 * @interface IViolation
                 * @augments google.rpc.PreconditionFailure.Violation.$Properties
                 * @deprecated Use google.rpc.PreconditionFailure.Violation.$Properties instead.
                 */

                /**
                 * Shape of a Violation.
                 * @typedef {google.rpc.PreconditionFailure.Violation.$Properties} google.rpc.PreconditionFailure.Violation.$Shape
                 */

                /**
                 * Constructs a new Violation.
                 * @memberof google.rpc.PreconditionFailure
                 * @classdesc Represents a Violation.
                 * @constructor
                 * @param {google.rpc.PreconditionFailure.Violation.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Violation = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Violation type.
                 * @member {string} type
                 * @memberof google.rpc.PreconditionFailure.Violation
                 * @instance
                 */
                Violation.prototype.type = "";

                /**
                 * Violation subject.
                 * @member {string} subject
                 * @memberof google.rpc.PreconditionFailure.Violation
                 * @instance
                 */
                Violation.prototype.subject = "";

                /**
                 * Violation description.
                 * @member {string} description
                 * @memberof google.rpc.PreconditionFailure.Violation
                 * @instance
                 */
                Violation.prototype.description = "";

                /**
                 * Encodes the specified Violation message. Does not implicitly {@link google.rpc.PreconditionFailure.Violation.verify|verify} messages.
                 * @function encode
                 * @memberof google.rpc.PreconditionFailure.Violation
                 * @static
                 * @param {google.rpc.PreconditionFailure.Violation.$Properties} message Violation message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Violation.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.type);
                    if (message.subject != null && $Object.hasOwnProperty.call(message, "subject") && message.subject !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.subject);
                    if (message.description != null && $Object.hasOwnProperty.call(message, "description") && message.description !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.description);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Violation message from the specified reader or buffer.
                 * @function decode
                 * @memberof google.rpc.PreconditionFailure.Violation
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {google.rpc.PreconditionFailure.Violation & google.rpc.PreconditionFailure.Violation.$Shape} Violation
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Violation.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.google.rpc.PreconditionFailure.Violation();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.type = value;
                                else
                                    delete message.type;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.subject = value;
                                else
                                    delete message.subject;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.description = value;
                                else
                                    delete message.description;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                return Violation;
            })();

            return PreconditionFailure;
        })();

        rpc.Status = (function() {

            /**
             * Properties of a Status.
             * @typedef {Object} google.rpc.Status.$Properties
             * @property {number|null} [code] Status code
             * @property {string|null} [message] Status message
             * @property {Array.<google.protobuf.Any.$Properties>|null} [details] Status details
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Status.
             * @memberof google.rpc
             * @interface IStatus
             * @augments google.rpc.Status.$Properties
             * @deprecated Use google.rpc.Status.$Properties instead.
             */

            /**
             * Shape of a Status.
             * @typedef {google.rpc.Status.$Properties} google.rpc.Status.$Shape
             */

            /**
             * Constructs a new Status.
             * @memberof google.rpc
             * @classdesc Represents a Status.
             * @constructor
             * @param {google.rpc.Status.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Status = function (properties) {
                this.details = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Status code.
             * @member {number} code
             * @memberof google.rpc.Status
             * @instance
             */
            Status.prototype.code = 0;

            /**
             * Status message.
             * @member {string} message
             * @memberof google.rpc.Status
             * @instance
             */
            Status.prototype.message = "";

            /**
             * Status details.
             * @member {Array.<google.protobuf.Any.$Properties>} details
             * @memberof google.rpc.Status
             * @instance
             */
            Status.prototype.details = $util.emptyArray;

            /**
             * Encodes the specified Status message. Does not implicitly {@link google.rpc.Status.verify|verify} messages.
             * @function encode
             * @memberof google.rpc.Status
             * @static
             * @param {google.rpc.Status.$Properties} message Status message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Status.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.details != null && message.details.length)
                    for (let i = 0; i < message.details.length; ++i)
                        $root.google.protobuf.Any.encode(message.details[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Status message from the specified reader or buffer.
             * @function decode
             * @memberof google.rpc.Status
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {google.rpc.Status & google.rpc.Status.$Shape} Status
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Status.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.google.rpc.Status();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.details && message.details.length))
                                message.details = [];
                            message.details.push($root.google.protobuf.Any.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Status;
        })();

        return rpc;
    })();

    return google;
})();

export const pwru = $root.pwru = (() => {

    /**
     * Namespace pwru.
     * @exports pwru
     * @namespace
     */
    const pwru = {};

    pwru.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof pwru
         * @namespace
         */
        const v1 = {};

        v1.Event = (function() {

            /**
             * Properties of an Event.
             * @typedef {Object} pwru.v1.Event.$Properties
             * @property {Long|null} [bootTimeNs] Event bootTimeNs
             * @property {Long|null} [skbAddress] Event skbAddress
             * @property {Long|null} [packetId] Event packetId
             * @property {number|null} [functionId] Event functionId
             * @property {number|null} [cpu] Event cpu
             * @property {number|null} [netnsInode] Event netnsInode
             * @property {number|null} [interfaceId] Event interfaceId
             * @property {number|null} [processId] Event processId
             * @property {number|null} [mark] Event mark
             * @property {number|null} [lengthBytes] Event lengthBytes
             * @property {number|null} [mtuBytes] Event mtuBytes
             * @property {number|null} [etherType] Event etherType
             * @property {number|null} [ipVersion] Event ipVersion
             * @property {Uint8Array|null} [sourceAddress] Event sourceAddress
             * @property {Uint8Array|null} [destinationAddress] Event destinationAddress
             * @property {number|null} [ipProtocol] Event ipProtocol
             * @property {number|null} [sourcePort] Event sourcePort
             * @property {number|null} [destinationPort] Event destinationPort
             * @property {number|null} [tcpFlags] Event tcpFlags
             * @property {number|null} [icmpTypeCode] Event icmpTypeCode
             * @property {number|null} [vlanTci] Event vlanTci
             * @property {boolean|null} [hasVlan] Event hasVlan
             * @property {number|null} [dropReasonId] Event dropReasonId
             * @property {number|null} [dropLocationId] Event dropLocationId
             * @property {Array.<number>|null} [stackLocationIds] Event stackLocationIds
             * @property {boolean|null} [repeatsPacket] Event repeatsPacket
             * @property {pwru.v1.PacketDetails.$Properties|null} [details] Event details
             * @property {pwru.v1.EventKind|null} [kind] Event kind
             * @property {boolean|null} [endsBuffer] Event endsBuffer
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Event.
             * @memberof pwru.v1
             * @interface IEvent
             * @augments pwru.v1.Event.$Properties
             * @deprecated Use pwru.v1.Event.$Properties instead.
             */

            /**
             * Shape of an Event.
             * @typedef {pwru.v1.Event.$Properties} pwru.v1.Event.$Shape
             */

            /**
             * Constructs a new Event.
             * @memberof pwru.v1
             * @classdesc Represents an Event.
             * @constructor
             * @param {pwru.v1.Event.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Event = function (properties) {
                this.stackLocationIds = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Event bootTimeNs.
             * @member {Long} bootTimeNs
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.bootTimeNs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Event skbAddress.
             * @member {Long} skbAddress
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.skbAddress = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Event packetId.
             * @member {Long} packetId
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.packetId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Event functionId.
             * @member {number} functionId
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.functionId = 0;

            /**
             * Event cpu.
             * @member {number} cpu
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.cpu = 0;

            /**
             * Event netnsInode.
             * @member {number} netnsInode
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.netnsInode = 0;

            /**
             * Event interfaceId.
             * @member {number} interfaceId
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.interfaceId = 0;

            /**
             * Event processId.
             * @member {number} processId
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.processId = 0;

            /**
             * Event mark.
             * @member {number} mark
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.mark = 0;

            /**
             * Event lengthBytes.
             * @member {number} lengthBytes
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.lengthBytes = 0;

            /**
             * Event mtuBytes.
             * @member {number} mtuBytes
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.mtuBytes = 0;

            /**
             * Event etherType.
             * @member {number} etherType
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.etherType = 0;

            /**
             * Event ipVersion.
             * @member {number} ipVersion
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.ipVersion = 0;

            /**
             * Event sourceAddress.
             * @member {Uint8Array} sourceAddress
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.sourceAddress = $util.newBuffer([]);

            /**
             * Event destinationAddress.
             * @member {Uint8Array} destinationAddress
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.destinationAddress = $util.newBuffer([]);

            /**
             * Event ipProtocol.
             * @member {number} ipProtocol
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.ipProtocol = 0;

            /**
             * Event sourcePort.
             * @member {number} sourcePort
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.sourcePort = 0;

            /**
             * Event destinationPort.
             * @member {number} destinationPort
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.destinationPort = 0;

            /**
             * Event tcpFlags.
             * @member {number} tcpFlags
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.tcpFlags = 0;

            /**
             * Event icmpTypeCode.
             * @member {number} icmpTypeCode
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.icmpTypeCode = 0;

            /**
             * Event vlanTci.
             * @member {number} vlanTci
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.vlanTci = 0;

            /**
             * Event hasVlan.
             * @member {boolean} hasVlan
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.hasVlan = false;

            /**
             * Event dropReasonId.
             * @member {number} dropReasonId
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.dropReasonId = 0;

            /**
             * Event dropLocationId.
             * @member {number} dropLocationId
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.dropLocationId = 0;

            /**
             * Event stackLocationIds.
             * @member {Array.<number>} stackLocationIds
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.stackLocationIds = $util.emptyArray;

            /**
             * Event repeatsPacket.
             * @member {boolean} repeatsPacket
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.repeatsPacket = false;

            /**
             * Event details.
             * @member {pwru.v1.PacketDetails.$Properties|null|undefined} details
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.details = null;

            /**
             * Event kind.
             * @member {pwru.v1.EventKind} kind
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.kind = 0;

            /**
             * Event endsBuffer.
             * @member {boolean} endsBuffer
             * @memberof pwru.v1.Event
             * @instance
             */
            Event.prototype.endsBuffer = false;

            /**
             * Encodes the specified Event message. Does not implicitly {@link pwru.v1.Event.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Event
             * @static
             * @param {pwru.v1.Event.$Properties} message Event message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Event.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.bootTimeNs != null && $Object.hasOwnProperty.call(message, "bootTimeNs") && (typeof message.bootTimeNs === "object" ? message.bootTimeNs.low || message.bootTimeNs.high : message.bootTimeNs !== 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).fixed64(message.bootTimeNs);
                if (message.skbAddress != null && $Object.hasOwnProperty.call(message, "skbAddress") && (typeof message.skbAddress === "object" ? message.skbAddress.low || message.skbAddress.high : message.skbAddress !== 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).fixed64(message.skbAddress);
                if (message.packetId != null && $Object.hasOwnProperty.call(message, "packetId") && (typeof message.packetId === "object" ? message.packetId.low || message.packetId.high : message.packetId !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.packetId);
                if (message.functionId != null && $Object.hasOwnProperty.call(message, "functionId") && message.functionId !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.functionId);
                if (message.cpu != null && $Object.hasOwnProperty.call(message, "cpu") && message.cpu !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.cpu);
                if (message.netnsInode != null && $Object.hasOwnProperty.call(message, "netnsInode") && message.netnsInode !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.netnsInode);
                if (message.interfaceId != null && $Object.hasOwnProperty.call(message, "interfaceId") && message.interfaceId !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.interfaceId);
                if (message.processId != null && $Object.hasOwnProperty.call(message, "processId") && message.processId !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.processId);
                if (message.mark != null && $Object.hasOwnProperty.call(message, "mark") && message.mark !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.mark);
                if (message.lengthBytes != null && $Object.hasOwnProperty.call(message, "lengthBytes") && message.lengthBytes !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.lengthBytes);
                if (message.mtuBytes != null && $Object.hasOwnProperty.call(message, "mtuBytes") && message.mtuBytes !== 0)
                    writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.mtuBytes);
                if (message.etherType != null && $Object.hasOwnProperty.call(message, "etherType") && message.etherType !== 0)
                    writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.etherType);
                if (message.ipVersion != null && $Object.hasOwnProperty.call(message, "ipVersion") && message.ipVersion !== 0)
                    writer.uint32(/* id 13, wireType 0 =*/104).uint32(message.ipVersion);
                if (message.sourceAddress != null && $Object.hasOwnProperty.call(message, "sourceAddress") && message.sourceAddress.length)
                    writer.uint32(/* id 14, wireType 2 =*/114).bytes(message.sourceAddress);
                if (message.destinationAddress != null && $Object.hasOwnProperty.call(message, "destinationAddress") && message.destinationAddress.length)
                    writer.uint32(/* id 15, wireType 2 =*/122).bytes(message.destinationAddress);
                if (message.ipProtocol != null && $Object.hasOwnProperty.call(message, "ipProtocol") && message.ipProtocol !== 0)
                    writer.uint32(/* id 16, wireType 0 =*/128).uint32(message.ipProtocol);
                if (message.sourcePort != null && $Object.hasOwnProperty.call(message, "sourcePort") && message.sourcePort !== 0)
                    writer.uint32(/* id 17, wireType 0 =*/136).uint32(message.sourcePort);
                if (message.destinationPort != null && $Object.hasOwnProperty.call(message, "destinationPort") && message.destinationPort !== 0)
                    writer.uint32(/* id 18, wireType 0 =*/144).uint32(message.destinationPort);
                if (message.tcpFlags != null && $Object.hasOwnProperty.call(message, "tcpFlags") && message.tcpFlags !== 0)
                    writer.uint32(/* id 19, wireType 0 =*/152).uint32(message.tcpFlags);
                if (message.icmpTypeCode != null && $Object.hasOwnProperty.call(message, "icmpTypeCode") && message.icmpTypeCode !== 0)
                    writer.uint32(/* id 20, wireType 0 =*/160).uint32(message.icmpTypeCode);
                if (message.vlanTci != null && $Object.hasOwnProperty.call(message, "vlanTci") && message.vlanTci !== 0)
                    writer.uint32(/* id 21, wireType 0 =*/168).uint32(message.vlanTci);
                if (message.hasVlan != null && $Object.hasOwnProperty.call(message, "hasVlan") && message.hasVlan !== false)
                    writer.uint32(/* id 22, wireType 0 =*/176).bool(message.hasVlan);
                if (message.dropReasonId != null && $Object.hasOwnProperty.call(message, "dropReasonId") && message.dropReasonId !== 0)
                    writer.uint32(/* id 23, wireType 0 =*/184).uint32(message.dropReasonId);
                if (message.dropLocationId != null && $Object.hasOwnProperty.call(message, "dropLocationId") && message.dropLocationId !== 0)
                    writer.uint32(/* id 24, wireType 0 =*/192).uint32(message.dropLocationId);
                if (message.stackLocationIds != null && message.stackLocationIds.length)
                    writer.uint32(/* id 25, wireType 2 =*/202).uint32s(message.stackLocationIds);
                if (message.repeatsPacket != null && $Object.hasOwnProperty.call(message, "repeatsPacket") && message.repeatsPacket !== false)
                    writer.uint32(/* id 26, wireType 0 =*/208).bool(message.repeatsPacket);
                if (message.details != null && $Object.hasOwnProperty.call(message, "details"))
                    $root.pwru.v1.PacketDetails.encode(message.details, writer.uint32(/* id 27, wireType 2 =*/218).fork(), _depth + 1).ldelim();
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                    writer.uint32(/* id 64, wireType 0 =*/512).int32(message.kind);
                if (message.endsBuffer != null && $Object.hasOwnProperty.call(message, "endsBuffer") && message.endsBuffer !== false)
                    writer.uint32(/* id 65, wireType 0 =*/520).bool(message.endsBuffer);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Event message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Event
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Event & pwru.v1.Event.$Shape} Event
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Event.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Event();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.bootTimeNs = value;
                            else
                                delete message.bootTimeNs;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.skbAddress = value;
                            else
                                delete message.skbAddress;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.packetId = value;
                            else
                                delete message.packetId;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.functionId = value;
                            else
                                delete message.functionId;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.cpu = value;
                            else
                                delete message.cpu;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.netnsInode = value;
                            else
                                delete message.netnsInode;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.interfaceId = value;
                            else
                                delete message.interfaceId;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.processId = value;
                            else
                                delete message.processId;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.mark = value;
                            else
                                delete message.mark;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.lengthBytes = value;
                            else
                                delete message.lengthBytes;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.mtuBytes = value;
                            else
                                delete message.mtuBytes;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.etherType = value;
                            else
                                delete message.etherType;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.ipVersion = value;
                            else
                                delete message.ipVersion;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sourceAddress = value;
                            else
                                delete message.sourceAddress;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.destinationAddress = value;
                            else
                                delete message.destinationAddress;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.ipProtocol = value;
                            else
                                delete message.ipProtocol;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sourcePort = value;
                            else
                                delete message.sourcePort;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.destinationPort = value;
                            else
                                delete message.destinationPort;
                            continue;
                        }
                    case 19: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.tcpFlags = value;
                            else
                                delete message.tcpFlags;
                            continue;
                        }
                    case 20: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.icmpTypeCode = value;
                            else
                                delete message.icmpTypeCode;
                            continue;
                        }
                    case 21: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.vlanTci = value;
                            else
                                delete message.vlanTci;
                            continue;
                        }
                    case 22: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.hasVlan = value;
                            else
                                delete message.hasVlan;
                            continue;
                        }
                    case 23: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.dropReasonId = value;
                            else
                                delete message.dropReasonId;
                            continue;
                        }
                    case 24: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.dropLocationId = value;
                            else
                                delete message.dropLocationId;
                            continue;
                        }
                    case 25: {
                            if (wireType === 2) {
                                if (!(message.stackLocationIds && message.stackLocationIds.length))
                                    message.stackLocationIds = [];
                                reader.uint32s(message.stackLocationIds);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.stackLocationIds && message.stackLocationIds.length))
                                message.stackLocationIds = [];
                            message.stackLocationIds.push(reader.uint32());
                            continue;
                        }
                    case 26: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.repeatsPacket = value;
                            else
                                delete message.repeatsPacket;
                            continue;
                        }
                    case 27: {
                            if (wireType !== 2)
                                break;
                            message.details = $root.pwru.v1.PacketDetails.decode(reader, reader.size(), $undefined, _depth + 1, message.details);
                            continue;
                        }
                    case 64: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 65: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.endsBuffer = value;
                            else
                                delete message.endsBuffer;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Event;
        })();

        /**
         * EventKind enum.
         * @name pwru.v1.EventKind
         * @enum {number}
         * @property {number} EVENT_KIND_HIT=0 EVENT_KIND_HIT value
         * @property {number} EVENT_KIND_END=1 EVENT_KIND_END value
         */
        v1.EventKind = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "EVENT_KIND_HIT"] = 0;
            values[valuesById[1] = "EVENT_KIND_END"] = 1;
            return values;
        })();

        v1.PacketDetails = (function() {

            /**
             * Properties of a PacketDetails.
             * @typedef {Object} pwru.v1.PacketDetails.$Properties
             * @property {boolean|null} [noPorts] PacketDetails noPorts
             * @property {number|null} [fragmentOffsetBytes] PacketDetails fragmentOffsetBytes
             * @property {pwru.v1.MtuSource|null} [mtuSource] PacketDetails mtuSource
             * @property {number|null} [mtuInterfaceIndex] PacketDetails mtuInterfaceIndex
             * @property {pwru.v1.InnerPacket.$Properties|null} [inner] PacketDetails inner
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PacketDetails.
             * @memberof pwru.v1
             * @interface IPacketDetails
             * @augments pwru.v1.PacketDetails.$Properties
             * @deprecated Use pwru.v1.PacketDetails.$Properties instead.
             */

            /**
             * Shape of a PacketDetails.
             * @typedef {pwru.v1.PacketDetails.$Properties} pwru.v1.PacketDetails.$Shape
             */

            /**
             * Constructs a new PacketDetails.
             * @memberof pwru.v1
             * @classdesc Represents a PacketDetails.
             * @constructor
             * @param {pwru.v1.PacketDetails.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PacketDetails = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PacketDetails noPorts.
             * @member {boolean} noPorts
             * @memberof pwru.v1.PacketDetails
             * @instance
             */
            PacketDetails.prototype.noPorts = false;

            /**
             * PacketDetails fragmentOffsetBytes.
             * @member {number} fragmentOffsetBytes
             * @memberof pwru.v1.PacketDetails
             * @instance
             */
            PacketDetails.prototype.fragmentOffsetBytes = 0;

            /**
             * PacketDetails mtuSource.
             * @member {pwru.v1.MtuSource} mtuSource
             * @memberof pwru.v1.PacketDetails
             * @instance
             */
            PacketDetails.prototype.mtuSource = 0;

            /**
             * PacketDetails mtuInterfaceIndex.
             * @member {number} mtuInterfaceIndex
             * @memberof pwru.v1.PacketDetails
             * @instance
             */
            PacketDetails.prototype.mtuInterfaceIndex = 0;

            /**
             * PacketDetails inner.
             * @member {pwru.v1.InnerPacket.$Properties|null|undefined} inner
             * @memberof pwru.v1.PacketDetails
             * @instance
             */
            PacketDetails.prototype.inner = null;

            /**
             * Encodes the specified PacketDetails message. Does not implicitly {@link pwru.v1.PacketDetails.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.PacketDetails
             * @static
             * @param {pwru.v1.PacketDetails.$Properties} message PacketDetails message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PacketDetails.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.noPorts != null && $Object.hasOwnProperty.call(message, "noPorts") && message.noPorts !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.noPorts);
                if (message.fragmentOffsetBytes != null && $Object.hasOwnProperty.call(message, "fragmentOffsetBytes") && message.fragmentOffsetBytes !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.fragmentOffsetBytes);
                if (message.mtuSource != null && $Object.hasOwnProperty.call(message, "mtuSource") && message.mtuSource !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.mtuSource);
                if (message.mtuInterfaceIndex != null && $Object.hasOwnProperty.call(message, "mtuInterfaceIndex") && message.mtuInterfaceIndex !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.mtuInterfaceIndex);
                if (message.inner != null && $Object.hasOwnProperty.call(message, "inner"))
                    $root.pwru.v1.InnerPacket.encode(message.inner, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PacketDetails message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.PacketDetails
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.PacketDetails & pwru.v1.PacketDetails.$Shape} PacketDetails
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PacketDetails.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.PacketDetails();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.noPorts = value;
                            else
                                delete message.noPorts;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.fragmentOffsetBytes = value;
                            else
                                delete message.fragmentOffsetBytes;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.mtuSource = value;
                            else
                                delete message.mtuSource;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.mtuInterfaceIndex = value;
                            else
                                delete message.mtuInterfaceIndex;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.inner = $root.pwru.v1.InnerPacket.decode(reader, reader.size(), $undefined, _depth + 1, message.inner);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PacketDetails;
        })();

        /**
         * MtuSource enum.
         * @name pwru.v1.MtuSource
         * @enum {number}
         * @property {number} MTU_SOURCE_DEVICE=0 MTU_SOURCE_DEVICE value
         * @property {number} MTU_SOURCE_ROUTE=1 MTU_SOURCE_ROUTE value
         * @property {number} MTU_SOURCE_ROUTE_DEVICE=2 MTU_SOURCE_ROUTE_DEVICE value
         */
        v1.MtuSource = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "MTU_SOURCE_DEVICE"] = 0;
            values[valuesById[1] = "MTU_SOURCE_ROUTE"] = 1;
            values[valuesById[2] = "MTU_SOURCE_ROUTE_DEVICE"] = 2;
            return values;
        })();

        v1.InnerPacket = (function() {

            /**
             * Properties of an InnerPacket.
             * @typedef {Object} pwru.v1.InnerPacket.$Properties
             * @property {pwru.v1.InnerKind|null} [kind] InnerPacket kind
             * @property {number|null} [value] InnerPacket value
             * @property {number|null} [ipVersion] InnerPacket ipVersion
             * @property {Uint8Array|null} [sourceAddress] InnerPacket sourceAddress
             * @property {Uint8Array|null} [destinationAddress] InnerPacket destinationAddress
             * @property {number|null} [ipProtocol] InnerPacket ipProtocol
             * @property {number|null} [sourcePort] InnerPacket sourcePort
             * @property {number|null} [destinationPort] InnerPacket destinationPort
             * @property {boolean|null} [noPorts] InnerPacket noPorts
             * @property {number|null} [tcpFlags] InnerPacket tcpFlags
             * @property {number|null} [icmpTypeCode] InnerPacket icmpTypeCode
             * @property {number|null} [fragmentOffsetBytes] InnerPacket fragmentOffsetBytes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an InnerPacket.
             * @memberof pwru.v1
             * @interface IInnerPacket
             * @augments pwru.v1.InnerPacket.$Properties
             * @deprecated Use pwru.v1.InnerPacket.$Properties instead.
             */

            /**
             * Shape of an InnerPacket.
             * @typedef {pwru.v1.InnerPacket.$Properties} pwru.v1.InnerPacket.$Shape
             */

            /**
             * Constructs a new InnerPacket.
             * @memberof pwru.v1
             * @classdesc Represents an InnerPacket.
             * @constructor
             * @param {pwru.v1.InnerPacket.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const InnerPacket = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * InnerPacket kind.
             * @member {pwru.v1.InnerKind} kind
             * @memberof pwru.v1.InnerPacket
             * @instance
             */
            InnerPacket.prototype.kind = 0;

            /**
             * InnerPacket value.
             * @member {number} value
             * @memberof pwru.v1.InnerPacket
             * @instance
             */
            InnerPacket.prototype.value = 0;

            /**
             * InnerPacket ipVersion.
             * @member {number} ipVersion
             * @memberof pwru.v1.InnerPacket
             * @instance
             */
            InnerPacket.prototype.ipVersion = 0;

            /**
             * InnerPacket sourceAddress.
             * @member {Uint8Array} sourceAddress
             * @memberof pwru.v1.InnerPacket
             * @instance
             */
            InnerPacket.prototype.sourceAddress = $util.newBuffer([]);

            /**
             * InnerPacket destinationAddress.
             * @member {Uint8Array} destinationAddress
             * @memberof pwru.v1.InnerPacket
             * @instance
             */
            InnerPacket.prototype.destinationAddress = $util.newBuffer([]);

            /**
             * InnerPacket ipProtocol.
             * @member {number} ipProtocol
             * @memberof pwru.v1.InnerPacket
             * @instance
             */
            InnerPacket.prototype.ipProtocol = 0;

            /**
             * InnerPacket sourcePort.
             * @member {number} sourcePort
             * @memberof pwru.v1.InnerPacket
             * @instance
             */
            InnerPacket.prototype.sourcePort = 0;

            /**
             * InnerPacket destinationPort.
             * @member {number} destinationPort
             * @memberof pwru.v1.InnerPacket
             * @instance
             */
            InnerPacket.prototype.destinationPort = 0;

            /**
             * InnerPacket noPorts.
             * @member {boolean} noPorts
             * @memberof pwru.v1.InnerPacket
             * @instance
             */
            InnerPacket.prototype.noPorts = false;

            /**
             * InnerPacket tcpFlags.
             * @member {number} tcpFlags
             * @memberof pwru.v1.InnerPacket
             * @instance
             */
            InnerPacket.prototype.tcpFlags = 0;

            /**
             * InnerPacket icmpTypeCode.
             * @member {number} icmpTypeCode
             * @memberof pwru.v1.InnerPacket
             * @instance
             */
            InnerPacket.prototype.icmpTypeCode = 0;

            /**
             * InnerPacket fragmentOffsetBytes.
             * @member {number} fragmentOffsetBytes
             * @memberof pwru.v1.InnerPacket
             * @instance
             */
            InnerPacket.prototype.fragmentOffsetBytes = 0;

            /**
             * Encodes the specified InnerPacket message. Does not implicitly {@link pwru.v1.InnerPacket.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.InnerPacket
             * @static
             * @param {pwru.v1.InnerPacket.$Properties} message InnerPacket message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            InnerPacket.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.kind);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.value);
                if (message.ipVersion != null && $Object.hasOwnProperty.call(message, "ipVersion") && message.ipVersion !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.ipVersion);
                if (message.sourceAddress != null && $Object.hasOwnProperty.call(message, "sourceAddress") && message.sourceAddress.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.sourceAddress);
                if (message.destinationAddress != null && $Object.hasOwnProperty.call(message, "destinationAddress") && message.destinationAddress.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.destinationAddress);
                if (message.ipProtocol != null && $Object.hasOwnProperty.call(message, "ipProtocol") && message.ipProtocol !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.ipProtocol);
                if (message.sourcePort != null && $Object.hasOwnProperty.call(message, "sourcePort") && message.sourcePort !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.sourcePort);
                if (message.destinationPort != null && $Object.hasOwnProperty.call(message, "destinationPort") && message.destinationPort !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.destinationPort);
                if (message.noPorts != null && $Object.hasOwnProperty.call(message, "noPorts") && message.noPorts !== false)
                    writer.uint32(/* id 9, wireType 0 =*/72).bool(message.noPorts);
                if (message.tcpFlags != null && $Object.hasOwnProperty.call(message, "tcpFlags") && message.tcpFlags !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.tcpFlags);
                if (message.icmpTypeCode != null && $Object.hasOwnProperty.call(message, "icmpTypeCode") && message.icmpTypeCode !== 0)
                    writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.icmpTypeCode);
                if (message.fragmentOffsetBytes != null && $Object.hasOwnProperty.call(message, "fragmentOffsetBytes") && message.fragmentOffsetBytes !== 0)
                    writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.fragmentOffsetBytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an InnerPacket message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.InnerPacket
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.InnerPacket & pwru.v1.InnerPacket.$Shape} InnerPacket
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            InnerPacket.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.InnerPacket();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.ipVersion = value;
                            else
                                delete message.ipVersion;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sourceAddress = value;
                            else
                                delete message.sourceAddress;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.destinationAddress = value;
                            else
                                delete message.destinationAddress;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.ipProtocol = value;
                            else
                                delete message.ipProtocol;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.sourcePort = value;
                            else
                                delete message.sourcePort;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.destinationPort = value;
                            else
                                delete message.destinationPort;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.noPorts = value;
                            else
                                delete message.noPorts;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.tcpFlags = value;
                            else
                                delete message.tcpFlags;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.icmpTypeCode = value;
                            else
                                delete message.icmpTypeCode;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.fragmentOffsetBytes = value;
                            else
                                delete message.fragmentOffsetBytes;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return InnerPacket;
        })();

        /**
         * InnerKind enum.
         * @name pwru.v1.InnerKind
         * @enum {number}
         * @property {number} INNER_KIND_UNSPECIFIED=0 INNER_KIND_UNSPECIFIED value
         * @property {number} INNER_KIND_ICMP_ERROR=1 INNER_KIND_ICMP_ERROR value
         * @property {number} INNER_KIND_VXLAN=2 INNER_KIND_VXLAN value
         * @property {number} INNER_KIND_GENEVE=3 INNER_KIND_GENEVE value
         * @property {number} INNER_KIND_IPIP=4 INNER_KIND_IPIP value
         * @property {number} INNER_KIND_GRE=5 INNER_KIND_GRE value
         */
        v1.InnerKind = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "INNER_KIND_UNSPECIFIED"] = 0;
            values[valuesById[1] = "INNER_KIND_ICMP_ERROR"] = 1;
            values[valuesById[2] = "INNER_KIND_VXLAN"] = 2;
            values[valuesById[3] = "INNER_KIND_GENEVE"] = 3;
            values[valuesById[4] = "INNER_KIND_IPIP"] = 4;
            values[valuesById[5] = "INNER_KIND_GRE"] = 5;
            return values;
        })();

        v1.EventBatch = (function() {

            /**
             * Properties of an EventBatch.
             * @typedef {Object} pwru.v1.EventBatch.$Properties
             * @property {Array.<pwru.v1.Event.$Properties>|null} [events] EventBatch events
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an EventBatch.
             * @memberof pwru.v1
             * @interface IEventBatch
             * @augments pwru.v1.EventBatch.$Properties
             * @deprecated Use pwru.v1.EventBatch.$Properties instead.
             */

            /**
             * Shape of an EventBatch.
             * @typedef {pwru.v1.EventBatch.$Properties} pwru.v1.EventBatch.$Shape
             */

            /**
             * Constructs a new EventBatch.
             * @memberof pwru.v1
             * @classdesc Represents an EventBatch.
             * @constructor
             * @param {pwru.v1.EventBatch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const EventBatch = function (properties) {
                this.events = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * EventBatch events.
             * @member {Array.<pwru.v1.Event.$Properties>} events
             * @memberof pwru.v1.EventBatch
             * @instance
             */
            EventBatch.prototype.events = $util.emptyArray;

            /**
             * Encodes the specified EventBatch message. Does not implicitly {@link pwru.v1.EventBatch.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.EventBatch
             * @static
             * @param {pwru.v1.EventBatch.$Properties} message EventBatch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            EventBatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.events != null && message.events.length)
                    for (let i = 0; i < message.events.length; ++i)
                        $root.pwru.v1.Event.encode(message.events[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an EventBatch message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.EventBatch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.EventBatch & pwru.v1.EventBatch.$Shape} EventBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            EventBatch.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.EventBatch();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.events && message.events.length))
                                message.events = [];
                            message.events.push($root.pwru.v1.Event.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return EventBatch;
        })();

        v1.DictionaryEntry = (function() {

            /**
             * Properties of a DictionaryEntry.
             * @typedef {Object} pwru.v1.DictionaryEntry.$Properties
             * @property {number|null} [id] DictionaryEntry id
             * @property {pwru.v1.Function.$Properties|null} ["function"] DictionaryEntry function
             * @property {pwru.v1.Interface.$Properties|null} ["interface"] DictionaryEntry interface
             * @property {pwru.v1.Process.$Properties|null} [process] DictionaryEntry process
             * @property {pwru.v1.DropReason.$Properties|null} [dropReason] DictionaryEntry dropReason
             * @property {pwru.v1.CodeLocation.$Properties|null} [codeLocation] DictionaryEntry codeLocation
             * @property {pwru.v1.NetworkNamespace.$Properties|null} [networkNamespace] DictionaryEntry networkNamespace
             * @property {"function"|"interface"|"process"|"dropReason"|"codeLocation"|"networkNamespace"} [value] DictionaryEntry value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DictionaryEntry.
             * @memberof pwru.v1
             * @interface IDictionaryEntry
             * @augments pwru.v1.DictionaryEntry.$Properties
             * @deprecated Use pwru.v1.DictionaryEntry.$Properties instead.
             */

            /**
             * Narrowed shape of a DictionaryEntry.
             * @typedef {{
             *   id?: number|null;
             *   "function"?: pwru.v1.Function.$Shape|null;
             *   "interface"?: pwru.v1.Interface.$Shape|null;
             *   process?: pwru.v1.Process.$Shape|null;
             *   dropReason?: pwru.v1.DropReason.$Shape|null;
             *   codeLocation?: pwru.v1.CodeLocation.$Shape|null;
             *   networkNamespace?: pwru.v1.NetworkNamespace.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ value?: undefined; "function"?: null; "interface"?: null; process?: null; dropReason?: null; codeLocation?: null; networkNamespace?: null }|{ value?: "function"; "function": pwru.v1.Function.$Shape; "interface"?: null; process?: null; dropReason?: null; codeLocation?: null; networkNamespace?: null }|{ value?: "interface"; "function"?: null; "interface": pwru.v1.Interface.$Shape; process?: null; dropReason?: null; codeLocation?: null; networkNamespace?: null }|{ value?: "process"; "function"?: null; "interface"?: null; process: pwru.v1.Process.$Shape; dropReason?: null; codeLocation?: null; networkNamespace?: null }|{ value?: "dropReason"; "function"?: null; "interface"?: null; process?: null; dropReason: pwru.v1.DropReason.$Shape; codeLocation?: null; networkNamespace?: null }|{ value?: "codeLocation"; "function"?: null; "interface"?: null; process?: null; dropReason?: null; codeLocation: pwru.v1.CodeLocation.$Shape; networkNamespace?: null }|{ value?: "networkNamespace"; "function"?: null; "interface"?: null; process?: null; dropReason?: null; codeLocation?: null; networkNamespace: pwru.v1.NetworkNamespace.$Shape })
             * )} pwru.v1.DictionaryEntry.$Shape
             */

            /**
             * Constructs a new DictionaryEntry.
             * @memberof pwru.v1
             * @classdesc Represents a DictionaryEntry.
             * @constructor
             * @param {pwru.v1.DictionaryEntry.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DictionaryEntry = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DictionaryEntry id.
             * @member {number} id
             * @memberof pwru.v1.DictionaryEntry
             * @instance
             */
            DictionaryEntry.prototype.id = 0;

            /**
             * DictionaryEntry function.
             * @member {pwru.v1.Function.$Properties|null|undefined} function
             * @memberof pwru.v1.DictionaryEntry
             * @instance
             */
            DictionaryEntry.prototype["function"] = null;

            /**
             * DictionaryEntry interface.
             * @member {pwru.v1.Interface.$Properties|null|undefined} interface
             * @memberof pwru.v1.DictionaryEntry
             * @instance
             */
            DictionaryEntry.prototype["interface"] = null;

            /**
             * DictionaryEntry process.
             * @member {pwru.v1.Process.$Properties|null|undefined} process
             * @memberof pwru.v1.DictionaryEntry
             * @instance
             */
            DictionaryEntry.prototype.process = null;

            /**
             * DictionaryEntry dropReason.
             * @member {pwru.v1.DropReason.$Properties|null|undefined} dropReason
             * @memberof pwru.v1.DictionaryEntry
             * @instance
             */
            DictionaryEntry.prototype.dropReason = null;

            /**
             * DictionaryEntry codeLocation.
             * @member {pwru.v1.CodeLocation.$Properties|null|undefined} codeLocation
             * @memberof pwru.v1.DictionaryEntry
             * @instance
             */
            DictionaryEntry.prototype.codeLocation = null;

            /**
             * DictionaryEntry networkNamespace.
             * @member {pwru.v1.NetworkNamespace.$Properties|null|undefined} networkNamespace
             * @memberof pwru.v1.DictionaryEntry
             * @instance
             */
            DictionaryEntry.prototype.networkNamespace = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * DictionaryEntry value.
             * @member {"function"|"interface"|"process"|"dropReason"|"codeLocation"|"networkNamespace"|undefined} value
             * @memberof pwru.v1.DictionaryEntry
             * @instance
             */
            $Object.defineProperty(DictionaryEntry.prototype, "value", {
                get: $util.oneOfGetter($oneOfFields = ["function", "interface", "process", "dropReason", "codeLocation", "networkNamespace"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified DictionaryEntry message. Does not implicitly {@link pwru.v1.DictionaryEntry.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.DictionaryEntry
             * @static
             * @param {pwru.v1.DictionaryEntry.$Properties} message DictionaryEntry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DictionaryEntry.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message["function"] != null && $Object.hasOwnProperty.call(message, "function"))
                    $root.pwru.v1.Function.encode(message["function"], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message["interface"] != null && $Object.hasOwnProperty.call(message, "interface"))
                    $root.pwru.v1.Interface.encode(message["interface"], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.process != null && $Object.hasOwnProperty.call(message, "process"))
                    $root.pwru.v1.Process.encode(message.process, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.dropReason != null && $Object.hasOwnProperty.call(message, "dropReason"))
                    $root.pwru.v1.DropReason.encode(message.dropReason, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.codeLocation != null && $Object.hasOwnProperty.call(message, "codeLocation"))
                    $root.pwru.v1.CodeLocation.encode(message.codeLocation, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.networkNamespace != null && $Object.hasOwnProperty.call(message, "networkNamespace"))
                    $root.pwru.v1.NetworkNamespace.encode(message.networkNamespace, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DictionaryEntry message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.DictionaryEntry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.DictionaryEntry & pwru.v1.DictionaryEntry.$Shape} DictionaryEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DictionaryEntry.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.DictionaryEntry();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message["function"] = $root.pwru.v1.Function.decode(reader, reader.size(), $undefined, _depth + 1, message["function"]);
                            message.value = "function";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message["interface"] = $root.pwru.v1.Interface.decode(reader, reader.size(), $undefined, _depth + 1, message["interface"]);
                            message.value = "interface";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.process = $root.pwru.v1.Process.decode(reader, reader.size(), $undefined, _depth + 1, message.process);
                            message.value = "process";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.dropReason = $root.pwru.v1.DropReason.decode(reader, reader.size(), $undefined, _depth + 1, message.dropReason);
                            message.value = "dropReason";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.codeLocation = $root.pwru.v1.CodeLocation.decode(reader, reader.size(), $undefined, _depth + 1, message.codeLocation);
                            message.value = "codeLocation";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.networkNamespace = $root.pwru.v1.NetworkNamespace.decode(reader, reader.size(), $undefined, _depth + 1, message.networkNamespace);
                            message.value = "networkNamespace";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DictionaryEntry;
        })();

        v1.Function = (function() {

            /**
             * Properties of a Function.
             * @typedef {Object} pwru.v1.Function.$Properties
             * @property {string|null} [name] Function name
             * @property {string|null} [module] Function module
             * @property {boolean|null} [tracepoint] Function tracepoint
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Function.
             * @memberof pwru.v1
             * @interface IFunction
             * @augments pwru.v1.Function.$Properties
             * @deprecated Use pwru.v1.Function.$Properties instead.
             */

            /**
             * Shape of a Function.
             * @typedef {pwru.v1.Function.$Properties} pwru.v1.Function.$Shape
             */

            /**
             * Constructs a new Function.
             * @memberof pwru.v1
             * @classdesc Represents a Function.
             * @constructor
             * @param {pwru.v1.Function.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Function = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Function name.
             * @member {string} name
             * @memberof pwru.v1.Function
             * @instance
             */
            Function.prototype.name = "";

            /**
             * Function module.
             * @member {string} module
             * @memberof pwru.v1.Function
             * @instance
             */
            Function.prototype.module = "";

            /**
             * Function tracepoint.
             * @member {boolean} tracepoint
             * @memberof pwru.v1.Function
             * @instance
             */
            Function.prototype.tracepoint = false;

            /**
             * Encodes the specified Function message. Does not implicitly {@link pwru.v1.Function.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Function
             * @static
             * @param {pwru.v1.Function.$Properties} message Function message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Function.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.module != null && $Object.hasOwnProperty.call(message, "module") && message.module !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.module);
                if (message.tracepoint != null && $Object.hasOwnProperty.call(message, "tracepoint") && message.tracepoint !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.tracepoint);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Function message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Function
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Function & pwru.v1.Function.$Shape} Function
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Function.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Function();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.module = value;
                            else
                                delete message.module;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.tracepoint = value;
                            else
                                delete message.tracepoint;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Function;
        })();

        v1.Interface = (function() {

            /**
             * Properties of an Interface.
             * @typedef {Object} pwru.v1.Interface.$Properties
             * @property {number|null} [netnsInode] Interface netnsInode
             * @property {number|null} [index] Interface index
             * @property {string|null} [name] Interface name
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Interface.
             * @memberof pwru.v1
             * @interface IInterface
             * @augments pwru.v1.Interface.$Properties
             * @deprecated Use pwru.v1.Interface.$Properties instead.
             */

            /**
             * Shape of an Interface.
             * @typedef {pwru.v1.Interface.$Properties} pwru.v1.Interface.$Shape
             */

            /**
             * Constructs a new Interface.
             * @memberof pwru.v1
             * @classdesc Represents an Interface.
             * @constructor
             * @param {pwru.v1.Interface.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Interface = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Interface netnsInode.
             * @member {number} netnsInode
             * @memberof pwru.v1.Interface
             * @instance
             */
            Interface.prototype.netnsInode = 0;

            /**
             * Interface index.
             * @member {number} index
             * @memberof pwru.v1.Interface
             * @instance
             */
            Interface.prototype.index = 0;

            /**
             * Interface name.
             * @member {string} name
             * @memberof pwru.v1.Interface
             * @instance
             */
            Interface.prototype.name = "";

            /**
             * Encodes the specified Interface message. Does not implicitly {@link pwru.v1.Interface.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Interface
             * @static
             * @param {pwru.v1.Interface.$Properties} message Interface message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Interface.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.netnsInode != null && $Object.hasOwnProperty.call(message, "netnsInode") && message.netnsInode !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.netnsInode);
                if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.index);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Interface message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Interface
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Interface & pwru.v1.Interface.$Shape} Interface
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Interface.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Interface();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.netnsInode = value;
                            else
                                delete message.netnsInode;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.index = value;
                            else
                                delete message.index;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Interface;
        })();

        v1.Process = (function() {

            /**
             * Properties of a Process.
             * @typedef {Object} pwru.v1.Process.$Properties
             * @property {number|null} [pid] Process pid
             * @property {string|null} [name] Process name
             * @property {pwru.v1.TaskContext|null} [context] Process context
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Process.
             * @memberof pwru.v1
             * @interface IProcess
             * @augments pwru.v1.Process.$Properties
             * @deprecated Use pwru.v1.Process.$Properties instead.
             */

            /**
             * Shape of a Process.
             * @typedef {pwru.v1.Process.$Properties} pwru.v1.Process.$Shape
             */

            /**
             * Constructs a new Process.
             * @memberof pwru.v1
             * @classdesc Represents a Process.
             * @constructor
             * @param {pwru.v1.Process.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Process = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Process pid.
             * @member {number} pid
             * @memberof pwru.v1.Process
             * @instance
             */
            Process.prototype.pid = 0;

            /**
             * Process name.
             * @member {string} name
             * @memberof pwru.v1.Process
             * @instance
             */
            Process.prototype.name = "";

            /**
             * Process context.
             * @member {pwru.v1.TaskContext} context
             * @memberof pwru.v1.Process
             * @instance
             */
            Process.prototype.context = 0;

            /**
             * Encodes the specified Process message. Does not implicitly {@link pwru.v1.Process.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Process
             * @static
             * @param {pwru.v1.Process.$Properties} message Process message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Process.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.pid != null && $Object.hasOwnProperty.call(message, "pid") && message.pid !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.pid);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.context != null && $Object.hasOwnProperty.call(message, "context") && message.context !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.context);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Process message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Process
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Process & pwru.v1.Process.$Shape} Process
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Process.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Process();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pid = value;
                            else
                                delete message.pid;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.context = value;
                            else
                                delete message.context;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Process;
        })();

        /**
         * TaskContext enum.
         * @name pwru.v1.TaskContext
         * @enum {number}
         * @property {number} TASK_CONTEXT_UNSPECIFIED=0 TASK_CONTEXT_UNSPECIFIED value
         * @property {number} TASK_CONTEXT_OWN=1 TASK_CONTEXT_OWN value
         * @property {number} TASK_CONTEXT_INTERRUPTED=2 TASK_CONTEXT_INTERRUPTED value
         */
        v1.TaskContext = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "TASK_CONTEXT_UNSPECIFIED"] = 0;
            values[valuesById[1] = "TASK_CONTEXT_OWN"] = 1;
            values[valuesById[2] = "TASK_CONTEXT_INTERRUPTED"] = 2;
            return values;
        })();

        v1.DropReason = (function() {

            /**
             * Properties of a DropReason.
             * @typedef {Object} pwru.v1.DropReason.$Properties
             * @property {number|null} [value] DropReason value
             * @property {string|null} [name] DropReason name
             * @property {pwru.v1.DropClass|null} [dropClass] DropReason dropClass
             * @property {string|null} [note] DropReason note
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DropReason.
             * @memberof pwru.v1
             * @interface IDropReason
             * @augments pwru.v1.DropReason.$Properties
             * @deprecated Use pwru.v1.DropReason.$Properties instead.
             */

            /**
             * Shape of a DropReason.
             * @typedef {pwru.v1.DropReason.$Properties} pwru.v1.DropReason.$Shape
             */

            /**
             * Constructs a new DropReason.
             * @memberof pwru.v1
             * @classdesc Represents a DropReason.
             * @constructor
             * @param {pwru.v1.DropReason.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DropReason = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DropReason value.
             * @member {number} value
             * @memberof pwru.v1.DropReason
             * @instance
             */
            DropReason.prototype.value = 0;

            /**
             * DropReason name.
             * @member {string} name
             * @memberof pwru.v1.DropReason
             * @instance
             */
            DropReason.prototype.name = "";

            /**
             * DropReason dropClass.
             * @member {pwru.v1.DropClass} dropClass
             * @memberof pwru.v1.DropReason
             * @instance
             */
            DropReason.prototype.dropClass = 0;

            /**
             * DropReason note.
             * @member {string} note
             * @memberof pwru.v1.DropReason
             * @instance
             */
            DropReason.prototype.note = "";

            /**
             * Encodes the specified DropReason message. Does not implicitly {@link pwru.v1.DropReason.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.DropReason
             * @static
             * @param {pwru.v1.DropReason.$Properties} message DropReason message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DropReason.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.value);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.dropClass != null && $Object.hasOwnProperty.call(message, "dropClass") && message.dropClass !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.dropClass);
                if (message.note != null && $Object.hasOwnProperty.call(message, "note") && message.note !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.note);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DropReason message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.DropReason
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.DropReason & pwru.v1.DropReason.$Shape} DropReason
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DropReason.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.DropReason();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.dropClass = value;
                            else
                                delete message.dropClass;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.note = value;
                            else
                                delete message.note;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DropReason;
        })();

        /**
         * DropClass enum.
         * @name pwru.v1.DropClass
         * @enum {number}
         * @property {number} DROP_CLASS_UNSPECIFIED=0 DROP_CLASS_UNSPECIFIED value
         * @property {number} DROP_CLASS_LOST=1 DROP_CLASS_LOST value
         * @property {number} DROP_CLASS_COPY=2 DROP_CLASS_COPY value
         * @property {number} DROP_CLASS_DISCARDED=3 DROP_CLASS_DISCARDED value
         * @property {number} DROP_CLASS_NOT_A_PACKET=4 DROP_CLASS_NOT_A_PACKET value
         * @property {number} DROP_CLASS_UNWANTED=5 DROP_CLASS_UNWANTED value
         * @property {number} DROP_CLASS_NOT_KNOWN=6 DROP_CLASS_NOT_KNOWN value
         */
        v1.DropClass = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "DROP_CLASS_UNSPECIFIED"] = 0;
            values[valuesById[1] = "DROP_CLASS_LOST"] = 1;
            values[valuesById[2] = "DROP_CLASS_COPY"] = 2;
            values[valuesById[3] = "DROP_CLASS_DISCARDED"] = 3;
            values[valuesById[4] = "DROP_CLASS_NOT_A_PACKET"] = 4;
            values[valuesById[5] = "DROP_CLASS_UNWANTED"] = 5;
            values[valuesById[6] = "DROP_CLASS_NOT_KNOWN"] = 6;
            return values;
        })();

        v1.CodeLocation = (function() {

            /**
             * Properties of a CodeLocation.
             * @typedef {Object} pwru.v1.CodeLocation.$Properties
             * @property {string|null} [symbol] CodeLocation symbol
             * @property {number|null} [offsetBytes] CodeLocation offsetBytes
             * @property {string|null} [module] CodeLocation module
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CodeLocation.
             * @memberof pwru.v1
             * @interface ICodeLocation
             * @augments pwru.v1.CodeLocation.$Properties
             * @deprecated Use pwru.v1.CodeLocation.$Properties instead.
             */

            /**
             * Shape of a CodeLocation.
             * @typedef {pwru.v1.CodeLocation.$Properties} pwru.v1.CodeLocation.$Shape
             */

            /**
             * Constructs a new CodeLocation.
             * @memberof pwru.v1
             * @classdesc Represents a CodeLocation.
             * @constructor
             * @param {pwru.v1.CodeLocation.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CodeLocation = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CodeLocation symbol.
             * @member {string} symbol
             * @memberof pwru.v1.CodeLocation
             * @instance
             */
            CodeLocation.prototype.symbol = "";

            /**
             * CodeLocation offsetBytes.
             * @member {number} offsetBytes
             * @memberof pwru.v1.CodeLocation
             * @instance
             */
            CodeLocation.prototype.offsetBytes = 0;

            /**
             * CodeLocation module.
             * @member {string} module
             * @memberof pwru.v1.CodeLocation
             * @instance
             */
            CodeLocation.prototype.module = "";

            /**
             * Encodes the specified CodeLocation message. Does not implicitly {@link pwru.v1.CodeLocation.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.CodeLocation
             * @static
             * @param {pwru.v1.CodeLocation.$Properties} message CodeLocation message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CodeLocation.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.symbol != null && $Object.hasOwnProperty.call(message, "symbol") && message.symbol !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.symbol);
                if (message.offsetBytes != null && $Object.hasOwnProperty.call(message, "offsetBytes") && message.offsetBytes !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.offsetBytes);
                if (message.module != null && $Object.hasOwnProperty.call(message, "module") && message.module !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.module);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CodeLocation message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.CodeLocation
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.CodeLocation & pwru.v1.CodeLocation.$Shape} CodeLocation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CodeLocation.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.CodeLocation();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.symbol = value;
                            else
                                delete message.symbol;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.offsetBytes = value;
                            else
                                delete message.offsetBytes;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.module = value;
                            else
                                delete message.module;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return CodeLocation;
        })();

        v1.NetworkNamespace = (function() {

            /**
             * Properties of a NetworkNamespace.
             * @typedef {Object} pwru.v1.NetworkNamespace.$Properties
             * @property {number|null} [inode] NetworkNamespace inode
             * @property {string|null} [name] NetworkNamespace name
             * @property {pwru.v1.PodReference.$Properties|null} [pod] NetworkNamespace pod
             * @property {boolean|null} [node] NetworkNamespace node
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NetworkNamespace.
             * @memberof pwru.v1
             * @interface INetworkNamespace
             * @augments pwru.v1.NetworkNamespace.$Properties
             * @deprecated Use pwru.v1.NetworkNamespace.$Properties instead.
             */

            /**
             * Shape of a NetworkNamespace.
             * @typedef {pwru.v1.NetworkNamespace.$Properties} pwru.v1.NetworkNamespace.$Shape
             */

            /**
             * Constructs a new NetworkNamespace.
             * @memberof pwru.v1
             * @classdesc Represents a NetworkNamespace.
             * @constructor
             * @param {pwru.v1.NetworkNamespace.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NetworkNamespace = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NetworkNamespace inode.
             * @member {number} inode
             * @memberof pwru.v1.NetworkNamespace
             * @instance
             */
            NetworkNamespace.prototype.inode = 0;

            /**
             * NetworkNamespace name.
             * @member {string} name
             * @memberof pwru.v1.NetworkNamespace
             * @instance
             */
            NetworkNamespace.prototype.name = "";

            /**
             * NetworkNamespace pod.
             * @member {pwru.v1.PodReference.$Properties|null|undefined} pod
             * @memberof pwru.v1.NetworkNamespace
             * @instance
             */
            NetworkNamespace.prototype.pod = null;

            /**
             * NetworkNamespace node.
             * @member {boolean} node
             * @memberof pwru.v1.NetworkNamespace
             * @instance
             */
            NetworkNamespace.prototype.node = false;

            /**
             * Encodes the specified NetworkNamespace message. Does not implicitly {@link pwru.v1.NetworkNamespace.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.NetworkNamespace
             * @static
             * @param {pwru.v1.NetworkNamespace.$Properties} message NetworkNamespace message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NetworkNamespace.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.inode != null && $Object.hasOwnProperty.call(message, "inode") && message.inode !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.inode);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.pod != null && $Object.hasOwnProperty.call(message, "pod"))
                    $root.pwru.v1.PodReference.encode(message.pod, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.node);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NetworkNamespace message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.NetworkNamespace
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.NetworkNamespace & pwru.v1.NetworkNamespace.$Shape} NetworkNamespace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NetworkNamespace.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.NetworkNamespace();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.inode = value;
                            else
                                delete message.inode;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.pod = $root.pwru.v1.PodReference.decode(reader, reader.size(), $undefined, _depth + 1, message.pod);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return NetworkNamespace;
        })();

        v1.PodReference = (function() {

            /**
             * Properties of a PodReference.
             * @typedef {Object} pwru.v1.PodReference.$Properties
             * @property {string|null} [namespace] PodReference namespace
             * @property {string|null} [name] PodReference name
             * @property {string|null} [uid] PodReference uid
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodReference.
             * @memberof pwru.v1
             * @interface IPodReference
             * @augments pwru.v1.PodReference.$Properties
             * @deprecated Use pwru.v1.PodReference.$Properties instead.
             */

            /**
             * Shape of a PodReference.
             * @typedef {pwru.v1.PodReference.$Properties} pwru.v1.PodReference.$Shape
             */

            /**
             * Constructs a new PodReference.
             * @memberof pwru.v1
             * @classdesc Represents a PodReference.
             * @constructor
             * @param {pwru.v1.PodReference.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodReference = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodReference namespace.
             * @member {string} namespace
             * @memberof pwru.v1.PodReference
             * @instance
             */
            PodReference.prototype.namespace = "";

            /**
             * PodReference name.
             * @member {string} name
             * @memberof pwru.v1.PodReference
             * @instance
             */
            PodReference.prototype.name = "";

            /**
             * PodReference uid.
             * @member {string} uid
             * @memberof pwru.v1.PodReference
             * @instance
             */
            PodReference.prototype.uid = "";

            /**
             * Encodes the specified PodReference message. Does not implicitly {@link pwru.v1.PodReference.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.PodReference
             * @static
             * @param {pwru.v1.PodReference.$Properties} message PodReference message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodReference.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.uid);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodReference message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.PodReference
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.PodReference & pwru.v1.PodReference.$Shape} PodReference
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodReference.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.PodReference();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.uid = value;
                            else
                                delete message.uid;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PodReference;
        })();

        v1.InfoService = (function() {

            /**
             * Constructs a new InfoService service.
             * @memberof pwru.v1
             * @classdesc Represents an InfoService
             * @extends $protobuf.rpc.Service
             * @constructor
             * @param {$protobuf.RPCImpl} rpcImpl RPC implementation
             * @param {boolean} [requestDelimited=false] Whether requests are length-delimited
             * @param {boolean} [responseDelimited=false] Whether responses are length-delimited
             */
            const InfoService = function(rpcImpl, requestDelimited, responseDelimited) {
                $protobuf.rpc.Service.call(this, rpcImpl, requestDelimited, responseDelimited);
            };

            $Object.defineProperty(InfoService.prototype = $Object.create($protobuf.rpc.Service.prototype), "constructor", { value: InfoService, writable: true, enumerable: false, configurable: true });

            /**
             * Callback as used by {@link pwru.v1.InfoService#getInfo}.
             * @memberof pwru.v1.InfoService
             * @typedef GetInfoCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {pwru.v1.GetInfoResponse} [response] GetInfoResponse
             */

            /**
             * Calls GetInfo.
             * @memberof pwru.v1.InfoService
             * @typedef GetInfo
             * @type {{
             *   (request: pwru.v1.IGetInfoRequest, callback: pwru.v1.InfoService.GetInfoCallback): void;
             *   (request: pwru.v1.IGetInfoRequest): Promise<pwru.v1.GetInfoResponse>;
             *   readonly name: "GetInfo";
             *   readonly path: "/pwru.v1.InfoService/GetInfo";
             *   readonly requestType: "GetInfoRequest";
             *   readonly responseType: "GetInfoResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls GetInfo.
             * @name pwru.v1.InfoService#getInfo
             * @type {pwru.v1.InfoService.GetInfo}
             */
            $Object.defineProperties(InfoService.prototype.getInfo = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, InfoService.prototype.getInfo, $root.pwru.v1.GetInfoRequest, $root.pwru.v1.GetInfoResponse, request, callback);
            }, {
                name: { value: "GetInfo" },
                path: { value: "/pwru.v1.InfoService/GetInfo" },
                requestType: { value: "GetInfoRequest" },
                responseType: { value: "GetInfoResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link pwru.v1.InfoService#listFunctions}.
             * @memberof pwru.v1.InfoService
             * @typedef ListFunctionsCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {pwru.v1.ListFunctionsResponse} [response] ListFunctionsResponse
             */

            /**
             * Calls ListFunctions.
             * @memberof pwru.v1.InfoService
             * @typedef ListFunctions
             * @type {{
             *   (request: pwru.v1.IListFunctionsRequest, callback: pwru.v1.InfoService.ListFunctionsCallback): void;
             *   (request: pwru.v1.IListFunctionsRequest): Promise<pwru.v1.ListFunctionsResponse>;
             *   readonly name: "ListFunctions";
             *   readonly path: "/pwru.v1.InfoService/ListFunctions";
             *   readonly requestType: "ListFunctionsRequest";
             *   readonly responseType: "ListFunctionsResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls ListFunctions.
             * @name pwru.v1.InfoService#listFunctions
             * @type {pwru.v1.InfoService.ListFunctions}
             */
            $Object.defineProperties(InfoService.prototype.listFunctions = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, InfoService.prototype.listFunctions, $root.pwru.v1.ListFunctionsRequest, $root.pwru.v1.ListFunctionsResponse, request, callback);
            }, {
                name: { value: "ListFunctions" },
                path: { value: "/pwru.v1.InfoService/ListFunctions" },
                requestType: { value: "ListFunctionsRequest" },
                responseType: { value: "ListFunctionsResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            return InfoService;
        })();

        v1.GetInfoRequest = (function() {

            /**
             * Properties of a GetInfoRequest.
             * @typedef {Object} pwru.v1.GetInfoRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GetInfoRequest.
             * @memberof pwru.v1
             * @interface IGetInfoRequest
             * @augments pwru.v1.GetInfoRequest.$Properties
             * @deprecated Use pwru.v1.GetInfoRequest.$Properties instead.
             */

            /**
             * Shape of a GetInfoRequest.
             * @typedef {pwru.v1.GetInfoRequest.$Properties} pwru.v1.GetInfoRequest.$Shape
             */

            /**
             * Constructs a new GetInfoRequest.
             * @memberof pwru.v1
             * @classdesc Represents a GetInfoRequest.
             * @constructor
             * @param {pwru.v1.GetInfoRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GetInfoRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified GetInfoRequest message. Does not implicitly {@link pwru.v1.GetInfoRequest.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.GetInfoRequest
             * @static
             * @param {pwru.v1.GetInfoRequest.$Properties} message GetInfoRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GetInfoRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GetInfoRequest message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.GetInfoRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.GetInfoRequest & pwru.v1.GetInfoRequest.$Shape} GetInfoRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GetInfoRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.GetInfoRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return GetInfoRequest;
        })();

        v1.GetInfoResponse = (function() {

            /**
             * Properties of a GetInfoResponse.
             * @typedef {Object} pwru.v1.GetInfoResponse.$Properties
             * @property {string|null} [version] GetInfoResponse version
             * @property {number|null} [apiRevision] GetInfoResponse apiRevision
             * @property {string|null} [node] GetInfoResponse node
             * @property {string|null} [kernelRelease] GetInfoResponse kernelRelease
             * @property {string|null} [architecture] GetInfoResponse architecture
             * @property {Array.<pwru.v1.BackendInfo.$Properties>|null} [backends] GetInfoResponse backends
             * @property {Array.<pwru.v1.Feature.$Properties>|null} [features] GetInfoResponse features
             * @property {number|null} [maxSessions] GetInfoResponse maxSessions
             * @property {number|null} [activeSessions] GetInfoResponse activeSessions
             * @property {Long|null} [maxDurationMs] GetInfoResponse maxDurationMs
             * @property {string|null} [bootId] GetInfoResponse bootId
             * @property {Long|null} [wallTimeNs] GetInfoResponse wallTimeNs
             * @property {pwru.v1.ClusterInfo.$Properties|null} [cluster] GetInfoResponse cluster
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GetInfoResponse.
             * @memberof pwru.v1
             * @interface IGetInfoResponse
             * @augments pwru.v1.GetInfoResponse.$Properties
             * @deprecated Use pwru.v1.GetInfoResponse.$Properties instead.
             */

            /**
             * Shape of a GetInfoResponse.
             * @typedef {pwru.v1.GetInfoResponse.$Properties} pwru.v1.GetInfoResponse.$Shape
             */

            /**
             * Constructs a new GetInfoResponse.
             * @memberof pwru.v1
             * @classdesc Represents a GetInfoResponse.
             * @constructor
             * @param {pwru.v1.GetInfoResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GetInfoResponse = function (properties) {
                this.backends = [];
                this.features = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GetInfoResponse version.
             * @member {string} version
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.version = "";

            /**
             * GetInfoResponse apiRevision.
             * @member {number} apiRevision
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.apiRevision = 0;

            /**
             * GetInfoResponse node.
             * @member {string} node
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.node = "";

            /**
             * GetInfoResponse kernelRelease.
             * @member {string} kernelRelease
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.kernelRelease = "";

            /**
             * GetInfoResponse architecture.
             * @member {string} architecture
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.architecture = "";

            /**
             * GetInfoResponse backends.
             * @member {Array.<pwru.v1.BackendInfo.$Properties>} backends
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.backends = $util.emptyArray;

            /**
             * GetInfoResponse features.
             * @member {Array.<pwru.v1.Feature.$Properties>} features
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.features = $util.emptyArray;

            /**
             * GetInfoResponse maxSessions.
             * @member {number} maxSessions
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.maxSessions = 0;

            /**
             * GetInfoResponse activeSessions.
             * @member {number} activeSessions
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.activeSessions = 0;

            /**
             * GetInfoResponse maxDurationMs.
             * @member {Long} maxDurationMs
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.maxDurationMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * GetInfoResponse bootId.
             * @member {string} bootId
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.bootId = "";

            /**
             * GetInfoResponse wallTimeNs.
             * @member {Long} wallTimeNs
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.wallTimeNs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * GetInfoResponse cluster.
             * @member {pwru.v1.ClusterInfo.$Properties|null|undefined} cluster
             * @memberof pwru.v1.GetInfoResponse
             * @instance
             */
            GetInfoResponse.prototype.cluster = null;

            /**
             * Encodes the specified GetInfoResponse message. Does not implicitly {@link pwru.v1.GetInfoResponse.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.GetInfoResponse
             * @static
             * @param {pwru.v1.GetInfoResponse.$Properties} message GetInfoResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GetInfoResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.version);
                if (message.apiRevision != null && $Object.hasOwnProperty.call(message, "apiRevision") && message.apiRevision !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.apiRevision);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.node);
                if (message.kernelRelease != null && $Object.hasOwnProperty.call(message, "kernelRelease") && message.kernelRelease !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.kernelRelease);
                if (message.architecture != null && $Object.hasOwnProperty.call(message, "architecture") && message.architecture !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.architecture);
                if (message.backends != null && message.backends.length)
                    for (let i = 0; i < message.backends.length; ++i)
                        $root.pwru.v1.BackendInfo.encode(message.backends[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.features != null && message.features.length)
                    for (let i = 0; i < message.features.length; ++i)
                        $root.pwru.v1.Feature.encode(message.features[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.maxSessions != null && $Object.hasOwnProperty.call(message, "maxSessions") && message.maxSessions !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.maxSessions);
                if (message.activeSessions != null && $Object.hasOwnProperty.call(message, "activeSessions") && message.activeSessions !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.activeSessions);
                if (message.maxDurationMs != null && $Object.hasOwnProperty.call(message, "maxDurationMs") && (typeof message.maxDurationMs === "object" ? message.maxDurationMs.low || message.maxDurationMs.high : message.maxDurationMs !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.maxDurationMs);
                if (message.bootId != null && $Object.hasOwnProperty.call(message, "bootId") && message.bootId !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.bootId);
                if (message.wallTimeNs != null && $Object.hasOwnProperty.call(message, "wallTimeNs") && (typeof message.wallTimeNs === "object" ? message.wallTimeNs.low || message.wallTimeNs.high : message.wallTimeNs !== 0))
                    writer.uint32(/* id 12, wireType 1 =*/97).sfixed64(message.wallTimeNs);
                if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster"))
                    $root.pwru.v1.ClusterInfo.encode(message.cluster, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GetInfoResponse message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.GetInfoResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.GetInfoResponse & pwru.v1.GetInfoResponse.$Shape} GetInfoResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GetInfoResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.GetInfoResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.apiRevision = value;
                            else
                                delete message.apiRevision;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kernelRelease = value;
                            else
                                delete message.kernelRelease;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.architecture = value;
                            else
                                delete message.architecture;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.backends && message.backends.length))
                                message.backends = [];
                            message.backends.push($root.pwru.v1.BackendInfo.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.features && message.features.length))
                                message.features = [];
                            message.features.push($root.pwru.v1.Feature.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.maxSessions = value;
                            else
                                delete message.maxSessions;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.activeSessions = value;
                            else
                                delete message.activeSessions;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.maxDurationMs = value;
                            else
                                delete message.maxDurationMs;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.bootId = value;
                            else
                                delete message.bootId;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.wallTimeNs = value;
                            else
                                delete message.wallTimeNs;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.cluster = $root.pwru.v1.ClusterInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.cluster);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return GetInfoResponse;
        })();

        v1.ClusterInfo = (function() {

            /**
             * Properties of a ClusterInfo.
             * @typedef {Object} pwru.v1.ClusterInfo.$Properties
             * @property {boolean|null} [podsSynced] ClusterInfo podsSynced
             * @property {string|null} [podsReason] ClusterInfo podsReason
             * @property {number|null} [podsResolved] ClusterInfo podsResolved
             * @property {number|null} [pods] ClusterInfo pods
             * @property {string|null} [runtime] ClusterInfo runtime
             * @property {string|null} [runtimeSocket] ClusterInfo runtimeSocket
             * @property {string|null} [runtimeReason] ClusterInfo runtimeReason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ClusterInfo.
             * @memberof pwru.v1
             * @interface IClusterInfo
             * @augments pwru.v1.ClusterInfo.$Properties
             * @deprecated Use pwru.v1.ClusterInfo.$Properties instead.
             */

            /**
             * Shape of a ClusterInfo.
             * @typedef {pwru.v1.ClusterInfo.$Properties} pwru.v1.ClusterInfo.$Shape
             */

            /**
             * Constructs a new ClusterInfo.
             * @memberof pwru.v1
             * @classdesc Represents a ClusterInfo.
             * @constructor
             * @param {pwru.v1.ClusterInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ClusterInfo = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ClusterInfo podsSynced.
             * @member {boolean} podsSynced
             * @memberof pwru.v1.ClusterInfo
             * @instance
             */
            ClusterInfo.prototype.podsSynced = false;

            /**
             * ClusterInfo podsReason.
             * @member {string} podsReason
             * @memberof pwru.v1.ClusterInfo
             * @instance
             */
            ClusterInfo.prototype.podsReason = "";

            /**
             * ClusterInfo podsResolved.
             * @member {number} podsResolved
             * @memberof pwru.v1.ClusterInfo
             * @instance
             */
            ClusterInfo.prototype.podsResolved = 0;

            /**
             * ClusterInfo pods.
             * @member {number} pods
             * @memberof pwru.v1.ClusterInfo
             * @instance
             */
            ClusterInfo.prototype.pods = 0;

            /**
             * ClusterInfo runtime.
             * @member {string} runtime
             * @memberof pwru.v1.ClusterInfo
             * @instance
             */
            ClusterInfo.prototype.runtime = "";

            /**
             * ClusterInfo runtimeSocket.
             * @member {string} runtimeSocket
             * @memberof pwru.v1.ClusterInfo
             * @instance
             */
            ClusterInfo.prototype.runtimeSocket = "";

            /**
             * ClusterInfo runtimeReason.
             * @member {string} runtimeReason
             * @memberof pwru.v1.ClusterInfo
             * @instance
             */
            ClusterInfo.prototype.runtimeReason = "";

            /**
             * Encodes the specified ClusterInfo message. Does not implicitly {@link pwru.v1.ClusterInfo.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.ClusterInfo
             * @static
             * @param {pwru.v1.ClusterInfo.$Properties} message ClusterInfo message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ClusterInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.podsSynced != null && $Object.hasOwnProperty.call(message, "podsSynced") && message.podsSynced !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.podsSynced);
                if (message.podsReason != null && $Object.hasOwnProperty.call(message, "podsReason") && message.podsReason !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.podsReason);
                if (message.podsResolved != null && $Object.hasOwnProperty.call(message, "podsResolved") && message.podsResolved !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.podsResolved);
                if (message.pods != null && $Object.hasOwnProperty.call(message, "pods") && message.pods !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.pods);
                if (message.runtime != null && $Object.hasOwnProperty.call(message, "runtime") && message.runtime !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.runtime);
                if (message.runtimeSocket != null && $Object.hasOwnProperty.call(message, "runtimeSocket") && message.runtimeSocket !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.runtimeSocket);
                if (message.runtimeReason != null && $Object.hasOwnProperty.call(message, "runtimeReason") && message.runtimeReason !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.runtimeReason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ClusterInfo message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.ClusterInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.ClusterInfo & pwru.v1.ClusterInfo.$Shape} ClusterInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ClusterInfo.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.ClusterInfo();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.podsSynced = value;
                            else
                                delete message.podsSynced;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.podsReason = value;
                            else
                                delete message.podsReason;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.podsResolved = value;
                            else
                                delete message.podsResolved;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.pods = value;
                            else
                                delete message.pods;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runtime = value;
                            else
                                delete message.runtime;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runtimeSocket = value;
                            else
                                delete message.runtimeSocket;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runtimeReason = value;
                            else
                                delete message.runtimeReason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ClusterInfo;
        })();

        v1.BackendInfo = (function() {

            /**
             * Properties of a BackendInfo.
             * @typedef {Object} pwru.v1.BackendInfo.$Properties
             * @property {pwru.v1.BackendStatus.$Properties|null} [status] BackendInfo status
             * @property {number|null} [functions] BackendInfo functions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BackendInfo.
             * @memberof pwru.v1
             * @interface IBackendInfo
             * @augments pwru.v1.BackendInfo.$Properties
             * @deprecated Use pwru.v1.BackendInfo.$Properties instead.
             */

            /**
             * Shape of a BackendInfo.
             * @typedef {pwru.v1.BackendInfo.$Properties} pwru.v1.BackendInfo.$Shape
             */

            /**
             * Constructs a new BackendInfo.
             * @memberof pwru.v1
             * @classdesc Represents a BackendInfo.
             * @constructor
             * @param {pwru.v1.BackendInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BackendInfo = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BackendInfo status.
             * @member {pwru.v1.BackendStatus.$Properties|null|undefined} status
             * @memberof pwru.v1.BackendInfo
             * @instance
             */
            BackendInfo.prototype.status = null;

            /**
             * BackendInfo functions.
             * @member {number} functions
             * @memberof pwru.v1.BackendInfo
             * @instance
             */
            BackendInfo.prototype.functions = 0;

            /**
             * Encodes the specified BackendInfo message. Does not implicitly {@link pwru.v1.BackendInfo.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.BackendInfo
             * @static
             * @param {pwru.v1.BackendInfo.$Properties} message BackendInfo message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BackendInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    $root.pwru.v1.BackendStatus.encode(message.status, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.functions != null && $Object.hasOwnProperty.call(message, "functions") && message.functions !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.functions);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BackendInfo message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.BackendInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.BackendInfo & pwru.v1.BackendInfo.$Shape} BackendInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BackendInfo.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.BackendInfo();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.status = $root.pwru.v1.BackendStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.functions = value;
                            else
                                delete message.functions;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return BackendInfo;
        })();

        v1.Feature = (function() {

            /**
             * Properties of a Feature.
             * @typedef {Object} pwru.v1.Feature.$Properties
             * @property {string|null} [name] Feature name
             * @property {boolean|null} [available] Feature available
             * @property {string|null} [reason] Feature reason
             * @property {pwru.v1.RefusalCause|null} [cause] Feature cause
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Feature.
             * @memberof pwru.v1
             * @interface IFeature
             * @augments pwru.v1.Feature.$Properties
             * @deprecated Use pwru.v1.Feature.$Properties instead.
             */

            /**
             * Shape of a Feature.
             * @typedef {pwru.v1.Feature.$Properties} pwru.v1.Feature.$Shape
             */

            /**
             * Constructs a new Feature.
             * @memberof pwru.v1
             * @classdesc Represents a Feature.
             * @constructor
             * @param {pwru.v1.Feature.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Feature = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Feature name.
             * @member {string} name
             * @memberof pwru.v1.Feature
             * @instance
             */
            Feature.prototype.name = "";

            /**
             * Feature available.
             * @member {boolean} available
             * @memberof pwru.v1.Feature
             * @instance
             */
            Feature.prototype.available = false;

            /**
             * Feature reason.
             * @member {string} reason
             * @memberof pwru.v1.Feature
             * @instance
             */
            Feature.prototype.reason = "";

            /**
             * Feature cause.
             * @member {pwru.v1.RefusalCause} cause
             * @memberof pwru.v1.Feature
             * @instance
             */
            Feature.prototype.cause = 0;

            /**
             * Encodes the specified Feature message. Does not implicitly {@link pwru.v1.Feature.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Feature
             * @static
             * @param {pwru.v1.Feature.$Properties} message Feature message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Feature.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.available != null && $Object.hasOwnProperty.call(message, "available") && message.available !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.available);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.reason);
                if (message.cause != null && $Object.hasOwnProperty.call(message, "cause") && message.cause !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.cause);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Feature message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Feature
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Feature & pwru.v1.Feature.$Shape} Feature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Feature.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Feature();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.available = value;
                            else
                                delete message.available;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.cause = value;
                            else
                                delete message.cause;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Feature;
        })();

        v1.ListFunctionsRequest = (function() {

            /**
             * Properties of a ListFunctionsRequest.
             * @typedef {Object} pwru.v1.ListFunctionsRequest.$Properties
             * @property {string|null} [functionRegex] ListFunctionsRequest functionRegex
             * @property {string|null} [backend] ListFunctionsRequest backend
             * @property {Array.<string>|null} [modules] ListFunctionsRequest modules
             * @property {boolean|null} [allModules] ListFunctionsRequest allModules
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListFunctionsRequest.
             * @memberof pwru.v1
             * @interface IListFunctionsRequest
             * @augments pwru.v1.ListFunctionsRequest.$Properties
             * @deprecated Use pwru.v1.ListFunctionsRequest.$Properties instead.
             */

            /**
             * Shape of a ListFunctionsRequest.
             * @typedef {pwru.v1.ListFunctionsRequest.$Properties} pwru.v1.ListFunctionsRequest.$Shape
             */

            /**
             * Constructs a new ListFunctionsRequest.
             * @memberof pwru.v1
             * @classdesc Represents a ListFunctionsRequest.
             * @constructor
             * @param {pwru.v1.ListFunctionsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListFunctionsRequest = function (properties) {
                this.modules = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListFunctionsRequest functionRegex.
             * @member {string} functionRegex
             * @memberof pwru.v1.ListFunctionsRequest
             * @instance
             */
            ListFunctionsRequest.prototype.functionRegex = "";

            /**
             * ListFunctionsRequest backend.
             * @member {string} backend
             * @memberof pwru.v1.ListFunctionsRequest
             * @instance
             */
            ListFunctionsRequest.prototype.backend = "";

            /**
             * ListFunctionsRequest modules.
             * @member {Array.<string>} modules
             * @memberof pwru.v1.ListFunctionsRequest
             * @instance
             */
            ListFunctionsRequest.prototype.modules = $util.emptyArray;

            /**
             * ListFunctionsRequest allModules.
             * @member {boolean} allModules
             * @memberof pwru.v1.ListFunctionsRequest
             * @instance
             */
            ListFunctionsRequest.prototype.allModules = false;

            /**
             * Encodes the specified ListFunctionsRequest message. Does not implicitly {@link pwru.v1.ListFunctionsRequest.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.ListFunctionsRequest
             * @static
             * @param {pwru.v1.ListFunctionsRequest.$Properties} message ListFunctionsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListFunctionsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.functionRegex != null && $Object.hasOwnProperty.call(message, "functionRegex") && message.functionRegex !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.functionRegex);
                if (message.backend != null && $Object.hasOwnProperty.call(message, "backend") && message.backend !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.backend);
                if (message.modules != null && message.modules.length)
                    for (let i = 0; i < message.modules.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.modules[i]);
                if (message.allModules != null && $Object.hasOwnProperty.call(message, "allModules") && message.allModules !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.allModules);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListFunctionsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.ListFunctionsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.ListFunctionsRequest & pwru.v1.ListFunctionsRequest.$Shape} ListFunctionsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListFunctionsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.ListFunctionsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.functionRegex = value;
                            else
                                delete message.functionRegex;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.backend = value;
                            else
                                delete message.backend;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.modules && message.modules.length))
                                message.modules = [];
                            message.modules.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.allModules = value;
                            else
                                delete message.allModules;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ListFunctionsRequest;
        })();

        v1.ListFunctionsResponse = (function() {

            /**
             * Properties of a ListFunctionsResponse.
             * @typedef {Object} pwru.v1.ListFunctionsResponse.$Properties
             * @property {Array.<pwru.v1.ProbedFunction.$Properties>|null} [functions] ListFunctionsResponse functions
             * @property {Array.<pwru.v1.RefusedFunction.$Properties>|null} [refused] ListFunctionsResponse refused
             * @property {Array.<string>|null} [modulesWithoutTypes] ListFunctionsResponse modulesWithoutTypes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListFunctionsResponse.
             * @memberof pwru.v1
             * @interface IListFunctionsResponse
             * @augments pwru.v1.ListFunctionsResponse.$Properties
             * @deprecated Use pwru.v1.ListFunctionsResponse.$Properties instead.
             */

            /**
             * Shape of a ListFunctionsResponse.
             * @typedef {pwru.v1.ListFunctionsResponse.$Properties} pwru.v1.ListFunctionsResponse.$Shape
             */

            /**
             * Constructs a new ListFunctionsResponse.
             * @memberof pwru.v1
             * @classdesc Represents a ListFunctionsResponse.
             * @constructor
             * @param {pwru.v1.ListFunctionsResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListFunctionsResponse = function (properties) {
                this.functions = [];
                this.refused = [];
                this.modulesWithoutTypes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListFunctionsResponse functions.
             * @member {Array.<pwru.v1.ProbedFunction.$Properties>} functions
             * @memberof pwru.v1.ListFunctionsResponse
             * @instance
             */
            ListFunctionsResponse.prototype.functions = $util.emptyArray;

            /**
             * ListFunctionsResponse refused.
             * @member {Array.<pwru.v1.RefusedFunction.$Properties>} refused
             * @memberof pwru.v1.ListFunctionsResponse
             * @instance
             */
            ListFunctionsResponse.prototype.refused = $util.emptyArray;

            /**
             * ListFunctionsResponse modulesWithoutTypes.
             * @member {Array.<string>} modulesWithoutTypes
             * @memberof pwru.v1.ListFunctionsResponse
             * @instance
             */
            ListFunctionsResponse.prototype.modulesWithoutTypes = $util.emptyArray;

            /**
             * Encodes the specified ListFunctionsResponse message. Does not implicitly {@link pwru.v1.ListFunctionsResponse.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.ListFunctionsResponse
             * @static
             * @param {pwru.v1.ListFunctionsResponse.$Properties} message ListFunctionsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListFunctionsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.functions != null && message.functions.length)
                    for (let i = 0; i < message.functions.length; ++i)
                        $root.pwru.v1.ProbedFunction.encode(message.functions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.refused != null && message.refused.length)
                    for (let i = 0; i < message.refused.length; ++i)
                        $root.pwru.v1.RefusedFunction.encode(message.refused[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.modulesWithoutTypes != null && message.modulesWithoutTypes.length)
                    for (let i = 0; i < message.modulesWithoutTypes.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.modulesWithoutTypes[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListFunctionsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.ListFunctionsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.ListFunctionsResponse & pwru.v1.ListFunctionsResponse.$Shape} ListFunctionsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListFunctionsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.ListFunctionsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.functions && message.functions.length))
                                message.functions = [];
                            message.functions.push($root.pwru.v1.ProbedFunction.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.refused && message.refused.length))
                                message.refused = [];
                            message.refused.push($root.pwru.v1.RefusedFunction.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.modulesWithoutTypes && message.modulesWithoutTypes.length))
                                message.modulesWithoutTypes = [];
                            message.modulesWithoutTypes.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ListFunctionsResponse;
        })();

        /**
         * SkbArgumentKind enum.
         * @name pwru.v1.SkbArgumentKind
         * @enum {number}
         * @property {number} SKB_ARGUMENT_KIND_UNSPECIFIED=0 SKB_ARGUMENT_KIND_UNSPECIFIED value
         * @property {number} SKB_ARGUMENT_KIND_POINTER=1 SKB_ARGUMENT_KIND_POINTER value
         * @property {number} SKB_ARGUMENT_KIND_CONST_POINTER=2 SKB_ARGUMENT_KIND_CONST_POINTER value
         * @property {number} SKB_ARGUMENT_KIND_POINTER_TO_POINTER=3 SKB_ARGUMENT_KIND_POINTER_TO_POINTER value
         */
        v1.SkbArgumentKind = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "SKB_ARGUMENT_KIND_UNSPECIFIED"] = 0;
            values[valuesById[1] = "SKB_ARGUMENT_KIND_POINTER"] = 1;
            values[valuesById[2] = "SKB_ARGUMENT_KIND_CONST_POINTER"] = 2;
            values[valuesById[3] = "SKB_ARGUMENT_KIND_POINTER_TO_POINTER"] = 3;
            return values;
        })();

        v1.ProbedFunction = (function() {

            /**
             * Properties of a ProbedFunction.
             * @typedef {Object} pwru.v1.ProbedFunction.$Properties
             * @property {string|null} [name] ProbedFunction name
             * @property {string|null} [module] ProbedFunction module
             * @property {number|null} [argument] ProbedFunction argument
             * @property {pwru.v1.SkbArgumentKind|null} [kind] ProbedFunction kind
             * @property {boolean|null} [tracepoint] ProbedFunction tracepoint
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ProbedFunction.
             * @memberof pwru.v1
             * @interface IProbedFunction
             * @augments pwru.v1.ProbedFunction.$Properties
             * @deprecated Use pwru.v1.ProbedFunction.$Properties instead.
             */

            /**
             * Shape of a ProbedFunction.
             * @typedef {pwru.v1.ProbedFunction.$Properties} pwru.v1.ProbedFunction.$Shape
             */

            /**
             * Constructs a new ProbedFunction.
             * @memberof pwru.v1
             * @classdesc Represents a ProbedFunction.
             * @constructor
             * @param {pwru.v1.ProbedFunction.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ProbedFunction = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ProbedFunction name.
             * @member {string} name
             * @memberof pwru.v1.ProbedFunction
             * @instance
             */
            ProbedFunction.prototype.name = "";

            /**
             * ProbedFunction module.
             * @member {string} module
             * @memberof pwru.v1.ProbedFunction
             * @instance
             */
            ProbedFunction.prototype.module = "";

            /**
             * ProbedFunction argument.
             * @member {number} argument
             * @memberof pwru.v1.ProbedFunction
             * @instance
             */
            ProbedFunction.prototype.argument = 0;

            /**
             * ProbedFunction kind.
             * @member {pwru.v1.SkbArgumentKind} kind
             * @memberof pwru.v1.ProbedFunction
             * @instance
             */
            ProbedFunction.prototype.kind = 0;

            /**
             * ProbedFunction tracepoint.
             * @member {boolean} tracepoint
             * @memberof pwru.v1.ProbedFunction
             * @instance
             */
            ProbedFunction.prototype.tracepoint = false;

            /**
             * Encodes the specified ProbedFunction message. Does not implicitly {@link pwru.v1.ProbedFunction.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.ProbedFunction
             * @static
             * @param {pwru.v1.ProbedFunction.$Properties} message ProbedFunction message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ProbedFunction.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.module != null && $Object.hasOwnProperty.call(message, "module") && message.module !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.module);
                if (message.argument != null && $Object.hasOwnProperty.call(message, "argument") && message.argument !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.argument);
                if (message.kind != null && $Object.hasOwnProperty.call(message, "kind") && message.kind !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.kind);
                if (message.tracepoint != null && $Object.hasOwnProperty.call(message, "tracepoint") && message.tracepoint !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.tracepoint);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ProbedFunction message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.ProbedFunction
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.ProbedFunction & pwru.v1.ProbedFunction.$Shape} ProbedFunction
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ProbedFunction.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.ProbedFunction();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.module = value;
                            else
                                delete message.module;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.argument = value;
                            else
                                delete message.argument;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.kind = value;
                            else
                                delete message.kind;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.tracepoint = value;
                            else
                                delete message.tracepoint;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ProbedFunction;
        })();

        v1.TraceService = (function() {

            /**
             * Constructs a new TraceService service.
             * @memberof pwru.v1
             * @classdesc Represents a TraceService
             * @extends $protobuf.rpc.Service
             * @constructor
             * @param {$protobuf.RPCImpl} rpcImpl RPC implementation
             * @param {boolean} [requestDelimited=false] Whether requests are length-delimited
             * @param {boolean} [responseDelimited=false] Whether responses are length-delimited
             */
            const TraceService = function(rpcImpl, requestDelimited, responseDelimited) {
                $protobuf.rpc.Service.call(this, rpcImpl, requestDelimited, responseDelimited);
            };

            $Object.defineProperty(TraceService.prototype = $Object.create($protobuf.rpc.Service.prototype), "constructor", { value: TraceService, writable: true, enumerable: false, configurable: true });

            /**
             * Callback as used by {@link pwru.v1.TraceService#trace}.
             * @memberof pwru.v1.TraceService
             * @typedef TraceCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {pwru.v1.TraceResponse} [response] TraceResponse
             */

            /**
             * Calls Trace.
             * @memberof pwru.v1.TraceService
             * @typedef Trace
             * @type {{
             *   (request: pwru.v1.ITraceRequest, callback: pwru.v1.TraceService.TraceCallback): void;
             *   (request: pwru.v1.ITraceRequest): Promise<pwru.v1.TraceResponse>;
             *   readonly name: "Trace";
             *   readonly path: "/pwru.v1.TraceService/Trace";
             *   readonly requestType: "TraceRequest";
             *   readonly responseType: "TraceResponse";
             *   readonly requestStream: true;
             *   readonly responseStream: true;
             * }}
             */

            /**
             * Calls Trace.
             * @name pwru.v1.TraceService#trace
             * @type {pwru.v1.TraceService.Trace}
             */
            $Object.defineProperties(TraceService.prototype.trace = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, TraceService.prototype.trace, $root.pwru.v1.TraceRequest, $root.pwru.v1.TraceResponse, request, callback);
            }, {
                name: { value: "Trace" },
                path: { value: "/pwru.v1.TraceService/Trace" },
                requestType: { value: "TraceRequest" },
                responseType: { value: "TraceResponse" },
                requestStream: { value: true },
                responseStream: { value: true }
            });

            /**
             * Callback as used by {@link pwru.v1.TraceService#listSessions}.
             * @memberof pwru.v1.TraceService
             * @typedef ListSessionsCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {pwru.v1.ListSessionsResponse} [response] ListSessionsResponse
             */

            /**
             * Calls ListSessions.
             * @memberof pwru.v1.TraceService
             * @typedef ListSessions
             * @type {{
             *   (request: pwru.v1.IListSessionsRequest, callback: pwru.v1.TraceService.ListSessionsCallback): void;
             *   (request: pwru.v1.IListSessionsRequest): Promise<pwru.v1.ListSessionsResponse>;
             *   readonly name: "ListSessions";
             *   readonly path: "/pwru.v1.TraceService/ListSessions";
             *   readonly requestType: "ListSessionsRequest";
             *   readonly responseType: "ListSessionsResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls ListSessions.
             * @name pwru.v1.TraceService#listSessions
             * @type {pwru.v1.TraceService.ListSessions}
             */
            $Object.defineProperties(TraceService.prototype.listSessions = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, TraceService.prototype.listSessions, $root.pwru.v1.ListSessionsRequest, $root.pwru.v1.ListSessionsResponse, request, callback);
            }, {
                name: { value: "ListSessions" },
                path: { value: "/pwru.v1.TraceService/ListSessions" },
                requestType: { value: "ListSessionsRequest" },
                responseType: { value: "ListSessionsResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link pwru.v1.TraceService#stopSession}.
             * @memberof pwru.v1.TraceService
             * @typedef StopSessionCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {pwru.v1.StopSessionResponse} [response] StopSessionResponse
             */

            /**
             * Calls StopSession.
             * @memberof pwru.v1.TraceService
             * @typedef StopSession
             * @type {{
             *   (request: pwru.v1.IStopSessionRequest, callback: pwru.v1.TraceService.StopSessionCallback): void;
             *   (request: pwru.v1.IStopSessionRequest): Promise<pwru.v1.StopSessionResponse>;
             *   readonly name: "StopSession";
             *   readonly path: "/pwru.v1.TraceService/StopSession";
             *   readonly requestType: "StopSessionRequest";
             *   readonly responseType: "StopSessionResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls StopSession.
             * @name pwru.v1.TraceService#stopSession
             * @type {pwru.v1.TraceService.StopSession}
             */
            $Object.defineProperties(TraceService.prototype.stopSession = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, TraceService.prototype.stopSession, $root.pwru.v1.StopSessionRequest, $root.pwru.v1.StopSessionResponse, request, callback);
            }, {
                name: { value: "StopSession" },
                path: { value: "/pwru.v1.TraceService/StopSession" },
                requestType: { value: "StopSessionRequest" },
                responseType: { value: "StopSessionResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            return TraceService;
        })();

        v1.TraceRequest = (function() {

            /**
             * Properties of a TraceRequest.
             * @typedef {Object} pwru.v1.TraceRequest.$Properties
             * @property {pwru.v1.StartTrace.$Properties|null} [start] TraceRequest start
             * @property {pwru.v1.Heartbeat.$Properties|null} [heartbeat] TraceRequest heartbeat
             * @property {pwru.v1.StopTrace.$Properties|null} [stop] TraceRequest stop
             * @property {pwru.v1.SetPodTargets.$Properties|null} [podTargets] TraceRequest podTargets
             * @property {"start"|"heartbeat"|"stop"|"podTargets"} [request] TraceRequest request
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TraceRequest.
             * @memberof pwru.v1
             * @interface ITraceRequest
             * @augments pwru.v1.TraceRequest.$Properties
             * @deprecated Use pwru.v1.TraceRequest.$Properties instead.
             */

            /**
             * Narrowed shape of a TraceRequest.
             * @typedef {{
             *   start?: pwru.v1.StartTrace.$Shape|null;
             *   heartbeat?: pwru.v1.Heartbeat.$Shape|null;
             *   stop?: pwru.v1.StopTrace.$Shape|null;
             *   podTargets?: pwru.v1.SetPodTargets.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ request?: undefined; start?: null; heartbeat?: null; stop?: null; podTargets?: null }|{ request?: "start"; start: pwru.v1.StartTrace.$Shape; heartbeat?: null; stop?: null; podTargets?: null }|{ request?: "heartbeat"; start?: null; heartbeat: pwru.v1.Heartbeat.$Shape; stop?: null; podTargets?: null }|{ request?: "stop"; start?: null; heartbeat?: null; stop: pwru.v1.StopTrace.$Shape; podTargets?: null }|{ request?: "podTargets"; start?: null; heartbeat?: null; stop?: null; podTargets: pwru.v1.SetPodTargets.$Shape })
             * )} pwru.v1.TraceRequest.$Shape
             */

            /**
             * Constructs a new TraceRequest.
             * @memberof pwru.v1
             * @classdesc Represents a TraceRequest.
             * @constructor
             * @param {pwru.v1.TraceRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TraceRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TraceRequest start.
             * @member {pwru.v1.StartTrace.$Properties|null|undefined} start
             * @memberof pwru.v1.TraceRequest
             * @instance
             */
            TraceRequest.prototype.start = null;

            /**
             * TraceRequest heartbeat.
             * @member {pwru.v1.Heartbeat.$Properties|null|undefined} heartbeat
             * @memberof pwru.v1.TraceRequest
             * @instance
             */
            TraceRequest.prototype.heartbeat = null;

            /**
             * TraceRequest stop.
             * @member {pwru.v1.StopTrace.$Properties|null|undefined} stop
             * @memberof pwru.v1.TraceRequest
             * @instance
             */
            TraceRequest.prototype.stop = null;

            /**
             * TraceRequest podTargets.
             * @member {pwru.v1.SetPodTargets.$Properties|null|undefined} podTargets
             * @memberof pwru.v1.TraceRequest
             * @instance
             */
            TraceRequest.prototype.podTargets = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * TraceRequest request.
             * @member {"start"|"heartbeat"|"stop"|"podTargets"|undefined} request
             * @memberof pwru.v1.TraceRequest
             * @instance
             */
            $Object.defineProperty(TraceRequest.prototype, "request", {
                get: $util.oneOfGetter($oneOfFields = ["start", "heartbeat", "stop", "podTargets"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified TraceRequest message. Does not implicitly {@link pwru.v1.TraceRequest.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.TraceRequest
             * @static
             * @param {pwru.v1.TraceRequest.$Properties} message TraceRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TraceRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.start != null && $Object.hasOwnProperty.call(message, "start"))
                    $root.pwru.v1.StartTrace.encode(message.start, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.heartbeat != null && $Object.hasOwnProperty.call(message, "heartbeat"))
                    $root.pwru.v1.Heartbeat.encode(message.heartbeat, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.stop != null && $Object.hasOwnProperty.call(message, "stop"))
                    $root.pwru.v1.StopTrace.encode(message.stop, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.podTargets != null && $Object.hasOwnProperty.call(message, "podTargets"))
                    $root.pwru.v1.SetPodTargets.encode(message.podTargets, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TraceRequest message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.TraceRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.TraceRequest & pwru.v1.TraceRequest.$Shape} TraceRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TraceRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.TraceRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.start = $root.pwru.v1.StartTrace.decode(reader, reader.size(), $undefined, _depth + 1, message.start);
                            message.request = "start";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.heartbeat = $root.pwru.v1.Heartbeat.decode(reader, reader.size(), $undefined, _depth + 1, message.heartbeat);
                            message.request = "heartbeat";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.stop = $root.pwru.v1.StopTrace.decode(reader, reader.size(), $undefined, _depth + 1, message.stop);
                            message.request = "stop";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.podTargets = $root.pwru.v1.SetPodTargets.decode(reader, reader.size(), $undefined, _depth + 1, message.podTargets);
                            message.request = "podTargets";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return TraceRequest;
        })();

        v1.StartTrace = (function() {

            /**
             * Properties of a StartTrace.
             * @typedef {Object} pwru.v1.StartTrace.$Properties
             * @property {Array.<pwru.v1.Target.$Properties>|null} [targets] StartTrace targets
             * @property {string|null} [filter] StartTrace filter
             * @property {string|null} [functionRegex] StartTrace functionRegex
             * @property {string|null} [backend] StartTrace backend
             * @property {Array.<string>|null} [modules] StartTrace modules
             * @property {boolean|null} [allModules] StartTrace allModules
             * @property {pwru.v1.MarkFilter.$Properties|null} [mark] StartTrace mark
             * @property {string|null} [interfaceName] StartTrace interfaceName
             * @property {boolean|null} [track] StartTrace track
             * @property {boolean|null} [stack] StartTrace stack
             * @property {boolean|null} [dropsOnly] StartTrace dropsOnly
             * @property {Long|null} [maxDurationMs] StartTrace maxDurationMs
             * @property {Long|null} [ringBudgetBytes] StartTrace ringBudgetBytes
             * @property {string|null} [clientName] StartTrace clientName
             * @property {number|null} [watermarkIntervalMs] StartTrace watermarkIntervalMs
             * @property {boolean|null} [podsOnly] StartTrace podsOnly
             * @property {Array.<Uint8Array>|null} [addresses] StartTrace addresses
             * @property {boolean|null} [shortRepeats] StartTrace shortRepeats
             * @property {boolean|null} [expectsPods] StartTrace expectsPods
             * @property {Array.<pwru.v1.PortTarget.$Properties>|null} [ports] StartTrace ports
             * @property {boolean|null} [allDrops] StartTrace allDrops
             * @property {Array.<pwru.v1.EventKind>|null} [eventKinds] StartTrace eventKinds
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StartTrace.
             * @memberof pwru.v1
             * @interface IStartTrace
             * @augments pwru.v1.StartTrace.$Properties
             * @deprecated Use pwru.v1.StartTrace.$Properties instead.
             */

            /**
             * Shape of a StartTrace.
             * @typedef {{
             *   targets?: Array.<pwru.v1.Target.$Shape>|null;
             *   filter?: string|null;
             *   functionRegex?: string|null;
             *   backend?: string|null;
             *   modules?: Array.<string>|null;
             *   allModules?: boolean|null;
             *   mark?: pwru.v1.MarkFilter.$Shape|null;
             *   interfaceName?: string|null;
             *   track?: boolean|null;
             *   stack?: boolean|null;
             *   dropsOnly?: boolean|null;
             *   maxDurationMs?: Long|null;
             *   ringBudgetBytes?: Long|null;
             *   clientName?: string|null;
             *   watermarkIntervalMs?: number|null;
             *   podsOnly?: boolean|null;
             *   addresses?: Array.<Uint8Array>|null;
             *   shortRepeats?: boolean|null;
             *   expectsPods?: boolean|null;
             *   ports?: Array.<pwru.v1.PortTarget.$Shape>|null;
             *   allDrops?: boolean|null;
             *   eventKinds?: Array.<pwru.v1.EventKind>|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} pwru.v1.StartTrace.$Shape
             */

            /**
             * Constructs a new StartTrace.
             * @memberof pwru.v1
             * @classdesc Represents a StartTrace.
             * @constructor
             * @param {pwru.v1.StartTrace.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StartTrace = function (properties) {
                this.targets = [];
                this.modules = [];
                this.addresses = [];
                this.ports = [];
                this.eventKinds = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StartTrace targets.
             * @member {Array.<pwru.v1.Target.$Properties>} targets
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.targets = $util.emptyArray;

            /**
             * StartTrace filter.
             * @member {string} filter
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.filter = "";

            /**
             * StartTrace functionRegex.
             * @member {string} functionRegex
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.functionRegex = "";

            /**
             * StartTrace backend.
             * @member {string} backend
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.backend = "";

            /**
             * StartTrace modules.
             * @member {Array.<string>} modules
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.modules = $util.emptyArray;

            /**
             * StartTrace allModules.
             * @member {boolean} allModules
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.allModules = false;

            /**
             * StartTrace mark.
             * @member {pwru.v1.MarkFilter.$Properties|null|undefined} mark
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.mark = null;

            /**
             * StartTrace interfaceName.
             * @member {string} interfaceName
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.interfaceName = "";

            /**
             * StartTrace track.
             * @member {boolean} track
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.track = false;

            /**
             * StartTrace stack.
             * @member {boolean} stack
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.stack = false;

            /**
             * StartTrace dropsOnly.
             * @member {boolean} dropsOnly
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.dropsOnly = false;

            /**
             * StartTrace maxDurationMs.
             * @member {Long} maxDurationMs
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.maxDurationMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * StartTrace ringBudgetBytes.
             * @member {Long} ringBudgetBytes
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.ringBudgetBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * StartTrace clientName.
             * @member {string} clientName
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.clientName = "";

            /**
             * StartTrace watermarkIntervalMs.
             * @member {number} watermarkIntervalMs
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.watermarkIntervalMs = 0;

            /**
             * StartTrace podsOnly.
             * @member {boolean} podsOnly
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.podsOnly = false;

            /**
             * StartTrace addresses.
             * @member {Array.<Uint8Array>} addresses
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.addresses = $util.emptyArray;

            /**
             * StartTrace shortRepeats.
             * @member {boolean} shortRepeats
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.shortRepeats = false;

            /**
             * StartTrace expectsPods.
             * @member {boolean} expectsPods
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.expectsPods = false;

            /**
             * StartTrace ports.
             * @member {Array.<pwru.v1.PortTarget.$Properties>} ports
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.ports = $util.emptyArray;

            /**
             * StartTrace allDrops.
             * @member {boolean} allDrops
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.allDrops = false;

            /**
             * StartTrace eventKinds.
             * @member {Array.<pwru.v1.EventKind>} eventKinds
             * @memberof pwru.v1.StartTrace
             * @instance
             */
            StartTrace.prototype.eventKinds = $util.emptyArray;

            /**
             * Encodes the specified StartTrace message. Does not implicitly {@link pwru.v1.StartTrace.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.StartTrace
             * @static
             * @param {pwru.v1.StartTrace.$Properties} message StartTrace message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StartTrace.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.targets != null && message.targets.length)
                    for (let i = 0; i < message.targets.length; ++i)
                        $root.pwru.v1.Target.encode(message.targets[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.filter != null && $Object.hasOwnProperty.call(message, "filter") && message.filter !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.filter);
                if (message.functionRegex != null && $Object.hasOwnProperty.call(message, "functionRegex") && message.functionRegex !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.functionRegex);
                if (message.backend != null && $Object.hasOwnProperty.call(message, "backend") && message.backend !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.backend);
                if (message.modules != null && message.modules.length)
                    for (let i = 0; i < message.modules.length; ++i)
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.modules[i]);
                if (message.allModules != null && $Object.hasOwnProperty.call(message, "allModules") && message.allModules !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.allModules);
                if (message.mark != null && $Object.hasOwnProperty.call(message, "mark"))
                    $root.pwru.v1.MarkFilter.encode(message.mark, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.interfaceName != null && $Object.hasOwnProperty.call(message, "interfaceName") && message.interfaceName !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.interfaceName);
                if (message.track != null && $Object.hasOwnProperty.call(message, "track") && message.track !== false)
                    writer.uint32(/* id 9, wireType 0 =*/72).bool(message.track);
                if (message.stack != null && $Object.hasOwnProperty.call(message, "stack") && message.stack !== false)
                    writer.uint32(/* id 10, wireType 0 =*/80).bool(message.stack);
                if (message.dropsOnly != null && $Object.hasOwnProperty.call(message, "dropsOnly") && message.dropsOnly !== false)
                    writer.uint32(/* id 11, wireType 0 =*/88).bool(message.dropsOnly);
                if (message.maxDurationMs != null && $Object.hasOwnProperty.call(message, "maxDurationMs") && (typeof message.maxDurationMs === "object" ? message.maxDurationMs.low || message.maxDurationMs.high : message.maxDurationMs !== 0))
                    writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.maxDurationMs);
                if (message.ringBudgetBytes != null && $Object.hasOwnProperty.call(message, "ringBudgetBytes") && (typeof message.ringBudgetBytes === "object" ? message.ringBudgetBytes.low || message.ringBudgetBytes.high : message.ringBudgetBytes !== 0))
                    writer.uint32(/* id 13, wireType 0 =*/104).uint64(message.ringBudgetBytes);
                if (message.clientName != null && $Object.hasOwnProperty.call(message, "clientName") && message.clientName !== "")
                    writer.uint32(/* id 14, wireType 2 =*/114).string(message.clientName);
                if (message.watermarkIntervalMs != null && $Object.hasOwnProperty.call(message, "watermarkIntervalMs") && message.watermarkIntervalMs !== 0)
                    writer.uint32(/* id 15, wireType 0 =*/120).uint32(message.watermarkIntervalMs);
                if (message.podsOnly != null && $Object.hasOwnProperty.call(message, "podsOnly") && message.podsOnly !== false)
                    writer.uint32(/* id 16, wireType 0 =*/128).bool(message.podsOnly);
                if (message.addresses != null && message.addresses.length)
                    for (let i = 0; i < message.addresses.length; ++i)
                        writer.uint32(/* id 17, wireType 2 =*/138).bytes(message.addresses[i]);
                if (message.shortRepeats != null && $Object.hasOwnProperty.call(message, "shortRepeats") && message.shortRepeats !== false)
                    writer.uint32(/* id 18, wireType 0 =*/144).bool(message.shortRepeats);
                if (message.expectsPods != null && $Object.hasOwnProperty.call(message, "expectsPods") && message.expectsPods !== false)
                    writer.uint32(/* id 19, wireType 0 =*/152).bool(message.expectsPods);
                if (message.ports != null && message.ports.length)
                    for (let i = 0; i < message.ports.length; ++i)
                        $root.pwru.v1.PortTarget.encode(message.ports[i], writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.allDrops != null && $Object.hasOwnProperty.call(message, "allDrops") && message.allDrops !== false)
                    writer.uint32(/* id 24, wireType 0 =*/192).bool(message.allDrops);
                if (message.eventKinds != null && message.eventKinds.length)
                    writer.uint32(/* id 25, wireType 2 =*/202).int32s(message.eventKinds);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StartTrace message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.StartTrace
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.StartTrace & pwru.v1.StartTrace.$Shape} StartTrace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StartTrace.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.StartTrace();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.targets && message.targets.length))
                                message.targets = [];
                            message.targets.push($root.pwru.v1.Target.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.filter = value;
                            else
                                delete message.filter;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.functionRegex = value;
                            else
                                delete message.functionRegex;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.backend = value;
                            else
                                delete message.backend;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.modules && message.modules.length))
                                message.modules = [];
                            message.modules.push(reader.stringVerify());
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.allModules = value;
                            else
                                delete message.allModules;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.mark = $root.pwru.v1.MarkFilter.decode(reader, reader.size(), $undefined, _depth + 1, message.mark);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.interfaceName = value;
                            else
                                delete message.interfaceName;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.track = value;
                            else
                                delete message.track;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.stack = value;
                            else
                                delete message.stack;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.dropsOnly = value;
                            else
                                delete message.dropsOnly;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.maxDurationMs = value;
                            else
                                delete message.maxDurationMs;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.ringBudgetBytes = value;
                            else
                                delete message.ringBudgetBytes;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.clientName = value;
                            else
                                delete message.clientName;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.watermarkIntervalMs = value;
                            else
                                delete message.watermarkIntervalMs;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.podsOnly = value;
                            else
                                delete message.podsOnly;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            if (!(message.addresses && message.addresses.length))
                                message.addresses = [];
                            message.addresses.push(reader.bytes());
                            continue;
                        }
                    case 18: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.shortRepeats = value;
                            else
                                delete message.shortRepeats;
                            continue;
                        }
                    case 19: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.expectsPods = value;
                            else
                                delete message.expectsPods;
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            if (!(message.ports && message.ports.length))
                                message.ports = [];
                            message.ports.push($root.pwru.v1.PortTarget.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 24: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.allDrops = value;
                            else
                                delete message.allDrops;
                            continue;
                        }
                    case 25: {
                            if (wireType === 2) {
                                if (!(message.eventKinds && message.eventKinds.length))
                                    message.eventKinds = [];
                                reader.int32s(message.eventKinds);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.eventKinds && message.eventKinds.length))
                                message.eventKinds = [];
                            message.eventKinds.push(reader.int32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return StartTrace;
        })();

        v1.Target = (function() {

            /**
             * Properties of a Target.
             * @typedef {Object} pwru.v1.Target.$Properties
             * @property {string|null} [netnsName] Target netnsName
             * @property {number|null} [pid] Target pid
             * @property {pwru.v1.PodTarget.$Properties|null} [pod] Target pod
             * @property {"netnsName"|"pid"|"pod"} [target] Target target
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Target.
             * @memberof pwru.v1
             * @interface ITarget
             * @augments pwru.v1.Target.$Properties
             * @deprecated Use pwru.v1.Target.$Properties instead.
             */

            /**
             * Narrowed shape of a Target.
             * @typedef {{
             *   netnsName?: string|null;
             *   pid?: number|null;
             *   pod?: pwru.v1.PodTarget.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ target?: undefined; netnsName?: null; pid?: null; pod?: null }|{ target?: "netnsName"; netnsName: string; pid?: null; pod?: null }|{ target?: "pid"; netnsName?: null; pid: number; pod?: null }|{ target?: "pod"; netnsName?: null; pid?: null; pod: pwru.v1.PodTarget.$Shape })
             * )} pwru.v1.Target.$Shape
             */

            /**
             * Constructs a new Target.
             * @memberof pwru.v1
             * @classdesc Represents a Target.
             * @constructor
             * @param {pwru.v1.Target.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Target = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Target netnsName.
             * @member {string|null|undefined} netnsName
             * @memberof pwru.v1.Target
             * @instance
             */
            Target.prototype.netnsName = null;

            /**
             * Target pid.
             * @member {number|null|undefined} pid
             * @memberof pwru.v1.Target
             * @instance
             */
            Target.prototype.pid = null;

            /**
             * Target pod.
             * @member {pwru.v1.PodTarget.$Properties|null|undefined} pod
             * @memberof pwru.v1.Target
             * @instance
             */
            Target.prototype.pod = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Target target.
             * @member {"netnsName"|"pid"|"pod"|undefined} target
             * @memberof pwru.v1.Target
             * @instance
             */
            $Object.defineProperty(Target.prototype, "target", {
                get: $util.oneOfGetter($oneOfFields = ["netnsName", "pid", "pod"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified Target message. Does not implicitly {@link pwru.v1.Target.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Target
             * @static
             * @param {pwru.v1.Target.$Properties} message Target message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Target.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.netnsName != null && $Object.hasOwnProperty.call(message, "netnsName"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.netnsName);
                if (message.pid != null && $Object.hasOwnProperty.call(message, "pid"))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.pid);
                if (message.pod != null && $Object.hasOwnProperty.call(message, "pod"))
                    $root.pwru.v1.PodTarget.encode(message.pod, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Target message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Target
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Target & pwru.v1.Target.$Shape} Target
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Target.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Target();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.netnsName = reader.stringVerify();
                            message.target = "netnsName";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.pid = reader.uint32();
                            message.target = "pid";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.pod = $root.pwru.v1.PodTarget.decode(reader, reader.size(), $undefined, _depth + 1, message.pod);
                            message.target = "pod";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Target;
        })();

        v1.PortTarget = (function() {

            /**
             * Properties of a PortTarget.
             * @typedef {Object} pwru.v1.PortTarget.$Properties
             * @property {Uint8Array|null} [address] PortTarget address
             * @property {number|null} [port] PortTarget port
             * @property {number|null} [protocol] PortTarget protocol
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PortTarget.
             * @memberof pwru.v1
             * @interface IPortTarget
             * @augments pwru.v1.PortTarget.$Properties
             * @deprecated Use pwru.v1.PortTarget.$Properties instead.
             */

            /**
             * Shape of a PortTarget.
             * @typedef {pwru.v1.PortTarget.$Properties} pwru.v1.PortTarget.$Shape
             */

            /**
             * Constructs a new PortTarget.
             * @memberof pwru.v1
             * @classdesc Represents a PortTarget.
             * @constructor
             * @param {pwru.v1.PortTarget.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PortTarget = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PortTarget address.
             * @member {Uint8Array} address
             * @memberof pwru.v1.PortTarget
             * @instance
             */
            PortTarget.prototype.address = $util.newBuffer([]);

            /**
             * PortTarget port.
             * @member {number} port
             * @memberof pwru.v1.PortTarget
             * @instance
             */
            PortTarget.prototype.port = 0;

            /**
             * PortTarget protocol.
             * @member {number} protocol
             * @memberof pwru.v1.PortTarget
             * @instance
             */
            PortTarget.prototype.protocol = 0;

            /**
             * Encodes the specified PortTarget message. Does not implicitly {@link pwru.v1.PortTarget.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.PortTarget
             * @static
             * @param {pwru.v1.PortTarget.$Properties} message PortTarget message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PortTarget.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.address != null && $Object.hasOwnProperty.call(message, "address") && message.address.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.address);
                if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.port);
                if (message.protocol != null && $Object.hasOwnProperty.call(message, "protocol") && message.protocol !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.protocol);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PortTarget message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.PortTarget
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.PortTarget & pwru.v1.PortTarget.$Shape} PortTarget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PortTarget.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.PortTarget();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.address = value;
                            else
                                delete message.address;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.port = value;
                            else
                                delete message.port;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocol = value;
                            else
                                delete message.protocol;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PortTarget;
        })();

        v1.PodTarget = (function() {

            /**
             * Properties of a PodTarget.
             * @typedef {Object} pwru.v1.PodTarget.$Properties
             * @property {string|null} [namespace] PodTarget namespace
             * @property {string|null} [name] PodTarget name
             * @property {string|null} [uid] PodTarget uid
             * @property {pwru.v1.HostNetwork|null} [hostNetwork] PodTarget hostNetwork
             * @property {boolean|null} [addressesOnly] PodTarget addressesOnly
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodTarget.
             * @memberof pwru.v1
             * @interface IPodTarget
             * @augments pwru.v1.PodTarget.$Properties
             * @deprecated Use pwru.v1.PodTarget.$Properties instead.
             */

            /**
             * Shape of a PodTarget.
             * @typedef {pwru.v1.PodTarget.$Properties} pwru.v1.PodTarget.$Shape
             */

            /**
             * Constructs a new PodTarget.
             * @memberof pwru.v1
             * @classdesc Represents a PodTarget.
             * @constructor
             * @param {pwru.v1.PodTarget.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodTarget = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodTarget namespace.
             * @member {string} namespace
             * @memberof pwru.v1.PodTarget
             * @instance
             */
            PodTarget.prototype.namespace = "";

            /**
             * PodTarget name.
             * @member {string} name
             * @memberof pwru.v1.PodTarget
             * @instance
             */
            PodTarget.prototype.name = "";

            /**
             * PodTarget uid.
             * @member {string} uid
             * @memberof pwru.v1.PodTarget
             * @instance
             */
            PodTarget.prototype.uid = "";

            /**
             * PodTarget hostNetwork.
             * @member {pwru.v1.HostNetwork} hostNetwork
             * @memberof pwru.v1.PodTarget
             * @instance
             */
            PodTarget.prototype.hostNetwork = 0;

            /**
             * PodTarget addressesOnly.
             * @member {boolean} addressesOnly
             * @memberof pwru.v1.PodTarget
             * @instance
             */
            PodTarget.prototype.addressesOnly = false;

            /**
             * Encodes the specified PodTarget message. Does not implicitly {@link pwru.v1.PodTarget.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.PodTarget
             * @static
             * @param {pwru.v1.PodTarget.$Properties} message PodTarget message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodTarget.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.uid);
                if (message.hostNetwork != null && $Object.hasOwnProperty.call(message, "hostNetwork") && message.hostNetwork !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.hostNetwork);
                if (message.addressesOnly != null && $Object.hasOwnProperty.call(message, "addressesOnly") && message.addressesOnly !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.addressesOnly);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodTarget message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.PodTarget
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.PodTarget & pwru.v1.PodTarget.$Shape} PodTarget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodTarget.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.PodTarget();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.uid = value;
                            else
                                delete message.uid;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.hostNetwork = value;
                            else
                                delete message.hostNetwork;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.addressesOnly = value;
                            else
                                delete message.addressesOnly;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PodTarget;
        })();

        /**
         * HostNetwork enum.
         * @name pwru.v1.HostNetwork
         * @enum {number}
         * @property {number} HOST_NETWORK_UNSPECIFIED=0 HOST_NETWORK_UNSPECIFIED value
         * @property {number} HOST_NETWORK_REFUSE=1 HOST_NETWORK_REFUSE value
         * @property {number} HOST_NETWORK_NODE=2 HOST_NETWORK_NODE value
         */
        v1.HostNetwork = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "HOST_NETWORK_UNSPECIFIED"] = 0;
            values[valuesById[1] = "HOST_NETWORK_REFUSE"] = 1;
            values[valuesById[2] = "HOST_NETWORK_NODE"] = 2;
            return values;
        })();

        v1.SetPodTargets = (function() {

            /**
             * Properties of a SetPodTargets.
             * @typedef {Object} pwru.v1.SetPodTargets.$Properties
             * @property {Array.<pwru.v1.PodTarget.$Properties>|null} [pods] SetPodTargets pods
             * @property {Array.<Uint8Array>|null} [addresses] SetPodTargets addresses
             * @property {Array.<pwru.v1.PortTarget.$Properties>|null} [ports] SetPodTargets ports
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SetPodTargets.
             * @memberof pwru.v1
             * @interface ISetPodTargets
             * @augments pwru.v1.SetPodTargets.$Properties
             * @deprecated Use pwru.v1.SetPodTargets.$Properties instead.
             */

            /**
             * Shape of a SetPodTargets.
             * @typedef {pwru.v1.SetPodTargets.$Properties} pwru.v1.SetPodTargets.$Shape
             */

            /**
             * Constructs a new SetPodTargets.
             * @memberof pwru.v1
             * @classdesc Represents a SetPodTargets.
             * @constructor
             * @param {pwru.v1.SetPodTargets.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SetPodTargets = function (properties) {
                this.pods = [];
                this.addresses = [];
                this.ports = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SetPodTargets pods.
             * @member {Array.<pwru.v1.PodTarget.$Properties>} pods
             * @memberof pwru.v1.SetPodTargets
             * @instance
             */
            SetPodTargets.prototype.pods = $util.emptyArray;

            /**
             * SetPodTargets addresses.
             * @member {Array.<Uint8Array>} addresses
             * @memberof pwru.v1.SetPodTargets
             * @instance
             */
            SetPodTargets.prototype.addresses = $util.emptyArray;

            /**
             * SetPodTargets ports.
             * @member {Array.<pwru.v1.PortTarget.$Properties>} ports
             * @memberof pwru.v1.SetPodTargets
             * @instance
             */
            SetPodTargets.prototype.ports = $util.emptyArray;

            /**
             * Encodes the specified SetPodTargets message. Does not implicitly {@link pwru.v1.SetPodTargets.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.SetPodTargets
             * @static
             * @param {pwru.v1.SetPodTargets.$Properties} message SetPodTargets message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SetPodTargets.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.pods != null && message.pods.length)
                    for (let i = 0; i < message.pods.length; ++i)
                        $root.pwru.v1.PodTarget.encode(message.pods[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.addresses != null && message.addresses.length)
                    for (let i = 0; i < message.addresses.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.addresses[i]);
                if (message.ports != null && message.ports.length)
                    for (let i = 0; i < message.ports.length; ++i)
                        $root.pwru.v1.PortTarget.encode(message.ports[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SetPodTargets message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.SetPodTargets
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.SetPodTargets & pwru.v1.SetPodTargets.$Shape} SetPodTargets
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SetPodTargets.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.SetPodTargets();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.pods && message.pods.length))
                                message.pods = [];
                            message.pods.push($root.pwru.v1.PodTarget.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.addresses && message.addresses.length))
                                message.addresses = [];
                            message.addresses.push(reader.bytes());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.ports && message.ports.length))
                                message.ports = [];
                            message.ports.push($root.pwru.v1.PortTarget.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return SetPodTargets;
        })();

        v1.MarkFilter = (function() {

            /**
             * Properties of a MarkFilter.
             * @typedef {Object} pwru.v1.MarkFilter.$Properties
             * @property {number|null} [value] MarkFilter value
             * @property {number|null} [mask] MarkFilter mask
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MarkFilter.
             * @memberof pwru.v1
             * @interface IMarkFilter
             * @augments pwru.v1.MarkFilter.$Properties
             * @deprecated Use pwru.v1.MarkFilter.$Properties instead.
             */

            /**
             * Shape of a MarkFilter.
             * @typedef {pwru.v1.MarkFilter.$Properties} pwru.v1.MarkFilter.$Shape
             */

            /**
             * Constructs a new MarkFilter.
             * @memberof pwru.v1
             * @classdesc Represents a MarkFilter.
             * @constructor
             * @param {pwru.v1.MarkFilter.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MarkFilter = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MarkFilter value.
             * @member {number} value
             * @memberof pwru.v1.MarkFilter
             * @instance
             */
            MarkFilter.prototype.value = 0;

            /**
             * MarkFilter mask.
             * @member {number} mask
             * @memberof pwru.v1.MarkFilter
             * @instance
             */
            MarkFilter.prototype.mask = 0;

            /**
             * Encodes the specified MarkFilter message. Does not implicitly {@link pwru.v1.MarkFilter.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.MarkFilter
             * @static
             * @param {pwru.v1.MarkFilter.$Properties} message MarkFilter message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MarkFilter.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.value);
                if (message.mask != null && $Object.hasOwnProperty.call(message, "mask") && message.mask !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.mask);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MarkFilter message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.MarkFilter
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.MarkFilter & pwru.v1.MarkFilter.$Shape} MarkFilter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MarkFilter.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.MarkFilter();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.mask = value;
                            else
                                delete message.mask;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return MarkFilter;
        })();

        v1.Heartbeat = (function() {

            /**
             * Properties of a Heartbeat.
             * @typedef {Object} pwru.v1.Heartbeat.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Heartbeat.
             * @memberof pwru.v1
             * @interface IHeartbeat
             * @augments pwru.v1.Heartbeat.$Properties
             * @deprecated Use pwru.v1.Heartbeat.$Properties instead.
             */

            /**
             * Shape of a Heartbeat.
             * @typedef {pwru.v1.Heartbeat.$Properties} pwru.v1.Heartbeat.$Shape
             */

            /**
             * Constructs a new Heartbeat.
             * @memberof pwru.v1
             * @classdesc Represents a Heartbeat.
             * @constructor
             * @param {pwru.v1.Heartbeat.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Heartbeat = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified Heartbeat message. Does not implicitly {@link pwru.v1.Heartbeat.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Heartbeat
             * @static
             * @param {pwru.v1.Heartbeat.$Properties} message Heartbeat message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Heartbeat.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Heartbeat message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Heartbeat
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Heartbeat & pwru.v1.Heartbeat.$Shape} Heartbeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Heartbeat.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Heartbeat();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Heartbeat;
        })();

        v1.StopTrace = (function() {

            /**
             * Properties of a StopTrace.
             * @typedef {Object} pwru.v1.StopTrace.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StopTrace.
             * @memberof pwru.v1
             * @interface IStopTrace
             * @augments pwru.v1.StopTrace.$Properties
             * @deprecated Use pwru.v1.StopTrace.$Properties instead.
             */

            /**
             * Shape of a StopTrace.
             * @typedef {pwru.v1.StopTrace.$Properties} pwru.v1.StopTrace.$Shape
             */

            /**
             * Constructs a new StopTrace.
             * @memberof pwru.v1
             * @classdesc Represents a StopTrace.
             * @constructor
             * @param {pwru.v1.StopTrace.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StopTrace = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified StopTrace message. Does not implicitly {@link pwru.v1.StopTrace.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.StopTrace
             * @static
             * @param {pwru.v1.StopTrace.$Properties} message StopTrace message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StopTrace.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StopTrace message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.StopTrace
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.StopTrace & pwru.v1.StopTrace.$Shape} StopTrace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StopTrace.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.StopTrace();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return StopTrace;
        })();

        v1.TraceResponse = (function() {

            /**
             * Properties of a TraceResponse.
             * @typedef {Object} pwru.v1.TraceResponse.$Properties
             * @property {pwru.v1.Started.$Properties|null} [started] TraceResponse started
             * @property {pwru.v1.DictionaryEntries.$Properties|null} [dictionary] TraceResponse dictionary
             * @property {pwru.v1.EventBatch.$Properties|null} [events] TraceResponse events
             * @property {pwru.v1.Status.$Properties|null} [status] TraceResponse status
             * @property {pwru.v1.Summary.$Properties|null} [summary] TraceResponse summary
             * @property {pwru.v1.PodTargetStatus.$Properties|null} [podTarget] TraceResponse podTarget
             * @property {pwru.v1.Watermark.$Properties|null} [watermark] TraceResponse watermark
             * @property {"started"|"dictionary"|"events"|"status"|"summary"|"podTarget"|"watermark"} [response] TraceResponse response
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TraceResponse.
             * @memberof pwru.v1
             * @interface ITraceResponse
             * @augments pwru.v1.TraceResponse.$Properties
             * @deprecated Use pwru.v1.TraceResponse.$Properties instead.
             */

            /**
             * Narrowed shape of a TraceResponse.
             * @typedef {{
             *   started?: pwru.v1.Started.$Shape|null;
             *   dictionary?: pwru.v1.DictionaryEntries.$Shape|null;
             *   events?: pwru.v1.EventBatch.$Shape|null;
             *   status?: pwru.v1.Status.$Shape|null;
             *   summary?: pwru.v1.Summary.$Shape|null;
             *   podTarget?: pwru.v1.PodTargetStatus.$Shape|null;
             *   watermark?: pwru.v1.Watermark.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ response?: undefined; started?: null; dictionary?: null; events?: null; status?: null; summary?: null; podTarget?: null; watermark?: null }|{ response?: "started"; started: pwru.v1.Started.$Shape; dictionary?: null; events?: null; status?: null; summary?: null; podTarget?: null; watermark?: null }|{ response?: "dictionary"; started?: null; dictionary: pwru.v1.DictionaryEntries.$Shape; events?: null; status?: null; summary?: null; podTarget?: null; watermark?: null }|{ response?: "events"; started?: null; dictionary?: null; events: pwru.v1.EventBatch.$Shape; status?: null; summary?: null; podTarget?: null; watermark?: null }|{ response?: "status"; started?: null; dictionary?: null; events?: null; status: pwru.v1.Status.$Shape; summary?: null; podTarget?: null; watermark?: null }|{ response?: "summary"; started?: null; dictionary?: null; events?: null; status?: null; summary: pwru.v1.Summary.$Shape; podTarget?: null; watermark?: null }|{ response?: "podTarget"; started?: null; dictionary?: null; events?: null; status?: null; summary?: null; podTarget: pwru.v1.PodTargetStatus.$Shape; watermark?: null }|{ response?: "watermark"; started?: null; dictionary?: null; events?: null; status?: null; summary?: null; podTarget?: null; watermark: pwru.v1.Watermark.$Shape })
             * )} pwru.v1.TraceResponse.$Shape
             */

            /**
             * Constructs a new TraceResponse.
             * @memberof pwru.v1
             * @classdesc Represents a TraceResponse.
             * @constructor
             * @param {pwru.v1.TraceResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TraceResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TraceResponse started.
             * @member {pwru.v1.Started.$Properties|null|undefined} started
             * @memberof pwru.v1.TraceResponse
             * @instance
             */
            TraceResponse.prototype.started = null;

            /**
             * TraceResponse dictionary.
             * @member {pwru.v1.DictionaryEntries.$Properties|null|undefined} dictionary
             * @memberof pwru.v1.TraceResponse
             * @instance
             */
            TraceResponse.prototype.dictionary = null;

            /**
             * TraceResponse events.
             * @member {pwru.v1.EventBatch.$Properties|null|undefined} events
             * @memberof pwru.v1.TraceResponse
             * @instance
             */
            TraceResponse.prototype.events = null;

            /**
             * TraceResponse status.
             * @member {pwru.v1.Status.$Properties|null|undefined} status
             * @memberof pwru.v1.TraceResponse
             * @instance
             */
            TraceResponse.prototype.status = null;

            /**
             * TraceResponse summary.
             * @member {pwru.v1.Summary.$Properties|null|undefined} summary
             * @memberof pwru.v1.TraceResponse
             * @instance
             */
            TraceResponse.prototype.summary = null;

            /**
             * TraceResponse podTarget.
             * @member {pwru.v1.PodTargetStatus.$Properties|null|undefined} podTarget
             * @memberof pwru.v1.TraceResponse
             * @instance
             */
            TraceResponse.prototype.podTarget = null;

            /**
             * TraceResponse watermark.
             * @member {pwru.v1.Watermark.$Properties|null|undefined} watermark
             * @memberof pwru.v1.TraceResponse
             * @instance
             */
            TraceResponse.prototype.watermark = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * TraceResponse response.
             * @member {"started"|"dictionary"|"events"|"status"|"summary"|"podTarget"|"watermark"|undefined} response
             * @memberof pwru.v1.TraceResponse
             * @instance
             */
            $Object.defineProperty(TraceResponse.prototype, "response", {
                get: $util.oneOfGetter($oneOfFields = ["started", "dictionary", "events", "status", "summary", "podTarget", "watermark"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified TraceResponse message. Does not implicitly {@link pwru.v1.TraceResponse.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.TraceResponse
             * @static
             * @param {pwru.v1.TraceResponse.$Properties} message TraceResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TraceResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.started != null && $Object.hasOwnProperty.call(message, "started"))
                    $root.pwru.v1.Started.encode(message.started, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.dictionary != null && $Object.hasOwnProperty.call(message, "dictionary"))
                    $root.pwru.v1.DictionaryEntries.encode(message.dictionary, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.events != null && $Object.hasOwnProperty.call(message, "events"))
                    $root.pwru.v1.EventBatch.encode(message.events, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    $root.pwru.v1.Status.encode(message.status, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.summary != null && $Object.hasOwnProperty.call(message, "summary"))
                    $root.pwru.v1.Summary.encode(message.summary, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.podTarget != null && $Object.hasOwnProperty.call(message, "podTarget"))
                    $root.pwru.v1.PodTargetStatus.encode(message.podTarget, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.watermark != null && $Object.hasOwnProperty.call(message, "watermark"))
                    $root.pwru.v1.Watermark.encode(message.watermark, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TraceResponse message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.TraceResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.TraceResponse & pwru.v1.TraceResponse.$Shape} TraceResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TraceResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.TraceResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.started = $root.pwru.v1.Started.decode(reader, reader.size(), $undefined, _depth + 1, message.started);
                            message.response = "started";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.dictionary = $root.pwru.v1.DictionaryEntries.decode(reader, reader.size(), $undefined, _depth + 1, message.dictionary);
                            message.response = "dictionary";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.events = $root.pwru.v1.EventBatch.decode(reader, reader.size(), $undefined, _depth + 1, message.events);
                            message.response = "events";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.status = $root.pwru.v1.Status.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
                            message.response = "status";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.summary = $root.pwru.v1.Summary.decode(reader, reader.size(), $undefined, _depth + 1, message.summary);
                            message.response = "summary";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.podTarget = $root.pwru.v1.PodTargetStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.podTarget);
                            message.response = "podTarget";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.watermark = $root.pwru.v1.Watermark.decode(reader, reader.size(), $undefined, _depth + 1, message.watermark);
                            message.response = "watermark";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return TraceResponse;
        })();

        /**
         * PodTargetState enum.
         * @name pwru.v1.PodTargetState
         * @enum {number}
         * @property {number} POD_TARGET_STATE_UNSPECIFIED=0 POD_TARGET_STATE_UNSPECIFIED value
         * @property {number} POD_TARGET_STATE_WAITING=1 POD_TARGET_STATE_WAITING value
         * @property {number} POD_TARGET_STATE_RESOLVED=2 POD_TARGET_STATE_RESOLVED value
         * @property {number} POD_TARGET_STATE_REPLACED=3 POD_TARGET_STATE_REPLACED value
         * @property {number} POD_TARGET_STATE_GONE=4 POD_TARGET_STATE_GONE value
         * @property {number} POD_TARGET_STATE_HOST_NETWORK=5 POD_TARGET_STATE_HOST_NETWORK value
         * @property {number} POD_TARGET_STATE_UNRESOLVED=6 POD_TARGET_STATE_UNRESOLVED value
         */
        v1.PodTargetState = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "POD_TARGET_STATE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "POD_TARGET_STATE_WAITING"] = 1;
            values[valuesById[2] = "POD_TARGET_STATE_RESOLVED"] = 2;
            values[valuesById[3] = "POD_TARGET_STATE_REPLACED"] = 3;
            values[valuesById[4] = "POD_TARGET_STATE_GONE"] = 4;
            values[valuesById[5] = "POD_TARGET_STATE_HOST_NETWORK"] = 5;
            values[valuesById[6] = "POD_TARGET_STATE_UNRESOLVED"] = 6;
            return values;
        })();

        v1.PodTargetStatus = (function() {

            /**
             * Properties of a PodTargetStatus.
             * @typedef {Object} pwru.v1.PodTargetStatus.$Properties
             * @property {pwru.v1.PodTarget.$Properties|null} [target] PodTargetStatus target
             * @property {pwru.v1.PodTargetState|null} [state] PodTargetStatus state
             * @property {pwru.v1.PodReference.$Properties|null} [pod] PodTargetStatus pod
             * @property {string|null} [method] PodTargetStatus method
             * @property {number|null} [netnsInode] PodTargetStatus netnsInode
             * @property {Array.<Uint8Array>|null} [addresses] PodTargetStatus addresses
             * @property {string|null} [message] PodTargetStatus message
             * @property {Long|null} [untracedMs] PodTargetStatus untracedMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodTargetStatus.
             * @memberof pwru.v1
             * @interface IPodTargetStatus
             * @augments pwru.v1.PodTargetStatus.$Properties
             * @deprecated Use pwru.v1.PodTargetStatus.$Properties instead.
             */

            /**
             * Shape of a PodTargetStatus.
             * @typedef {pwru.v1.PodTargetStatus.$Properties} pwru.v1.PodTargetStatus.$Shape
             */

            /**
             * Constructs a new PodTargetStatus.
             * @memberof pwru.v1
             * @classdesc Represents a PodTargetStatus.
             * @constructor
             * @param {pwru.v1.PodTargetStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodTargetStatus = function (properties) {
                this.addresses = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodTargetStatus target.
             * @member {pwru.v1.PodTarget.$Properties|null|undefined} target
             * @memberof pwru.v1.PodTargetStatus
             * @instance
             */
            PodTargetStatus.prototype.target = null;

            /**
             * PodTargetStatus state.
             * @member {pwru.v1.PodTargetState} state
             * @memberof pwru.v1.PodTargetStatus
             * @instance
             */
            PodTargetStatus.prototype.state = 0;

            /**
             * PodTargetStatus pod.
             * @member {pwru.v1.PodReference.$Properties|null|undefined} pod
             * @memberof pwru.v1.PodTargetStatus
             * @instance
             */
            PodTargetStatus.prototype.pod = null;

            /**
             * PodTargetStatus method.
             * @member {string} method
             * @memberof pwru.v1.PodTargetStatus
             * @instance
             */
            PodTargetStatus.prototype.method = "";

            /**
             * PodTargetStatus netnsInode.
             * @member {number} netnsInode
             * @memberof pwru.v1.PodTargetStatus
             * @instance
             */
            PodTargetStatus.prototype.netnsInode = 0;

            /**
             * PodTargetStatus addresses.
             * @member {Array.<Uint8Array>} addresses
             * @memberof pwru.v1.PodTargetStatus
             * @instance
             */
            PodTargetStatus.prototype.addresses = $util.emptyArray;

            /**
             * PodTargetStatus message.
             * @member {string} message
             * @memberof pwru.v1.PodTargetStatus
             * @instance
             */
            PodTargetStatus.prototype.message = "";

            /**
             * PodTargetStatus untracedMs.
             * @member {Long} untracedMs
             * @memberof pwru.v1.PodTargetStatus
             * @instance
             */
            PodTargetStatus.prototype.untracedMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified PodTargetStatus message. Does not implicitly {@link pwru.v1.PodTargetStatus.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.PodTargetStatus
             * @static
             * @param {pwru.v1.PodTargetStatus.$Properties} message PodTargetStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodTargetStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    $root.pwru.v1.PodTarget.encode(message.target, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.state);
                if (message.pod != null && $Object.hasOwnProperty.call(message, "pod"))
                    $root.pwru.v1.PodReference.encode(message.pod, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.method);
                if (message.netnsInode != null && $Object.hasOwnProperty.call(message, "netnsInode") && message.netnsInode !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.netnsInode);
                if (message.addresses != null && message.addresses.length)
                    for (let i = 0; i < message.addresses.length; ++i)
                        writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.addresses[i]);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.message);
                if (message.untracedMs != null && $Object.hasOwnProperty.call(message, "untracedMs") && (typeof message.untracedMs === "object" ? message.untracedMs.low || message.untracedMs.high : message.untracedMs !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.untracedMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodTargetStatus message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.PodTargetStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.PodTargetStatus & pwru.v1.PodTargetStatus.$Shape} PodTargetStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodTargetStatus.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.PodTargetStatus();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.target = $root.pwru.v1.PodTarget.decode(reader, reader.size(), $undefined, _depth + 1, message.target);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.pod = $root.pwru.v1.PodReference.decode(reader, reader.size(), $undefined, _depth + 1, message.pod);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.method = value;
                            else
                                delete message.method;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.netnsInode = value;
                            else
                                delete message.netnsInode;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.addresses && message.addresses.length))
                                message.addresses = [];
                            message.addresses.push(reader.bytes());
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.untracedMs = value;
                            else
                                delete message.untracedMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return PodTargetStatus;
        })();

        v1.Watermark = (function() {

            /**
             * Properties of a Watermark.
             * @typedef {Object} pwru.v1.Watermark.$Properties
             * @property {Long|null} [bootTimeNs] Watermark bootTimeNs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Watermark.
             * @memberof pwru.v1
             * @interface IWatermark
             * @augments pwru.v1.Watermark.$Properties
             * @deprecated Use pwru.v1.Watermark.$Properties instead.
             */

            /**
             * Shape of a Watermark.
             * @typedef {pwru.v1.Watermark.$Properties} pwru.v1.Watermark.$Shape
             */

            /**
             * Constructs a new Watermark.
             * @memberof pwru.v1
             * @classdesc Represents a Watermark.
             * @constructor
             * @param {pwru.v1.Watermark.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Watermark = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Watermark bootTimeNs.
             * @member {Long} bootTimeNs
             * @memberof pwru.v1.Watermark
             * @instance
             */
            Watermark.prototype.bootTimeNs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Watermark message. Does not implicitly {@link pwru.v1.Watermark.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Watermark
             * @static
             * @param {pwru.v1.Watermark.$Properties} message Watermark message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Watermark.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.bootTimeNs != null && $Object.hasOwnProperty.call(message, "bootTimeNs") && (typeof message.bootTimeNs === "object" ? message.bootTimeNs.low || message.bootTimeNs.high : message.bootTimeNs !== 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).fixed64(message.bootTimeNs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Watermark message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Watermark
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Watermark & pwru.v1.Watermark.$Shape} Watermark
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Watermark.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Watermark();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.fixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.bootTimeNs = value;
                            else
                                delete message.bootTimeNs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Watermark;
        })();

        v1.Started = (function() {

            /**
             * Properties of a Started.
             * @typedef {Object} pwru.v1.Started.$Properties
             * @property {string|null} [sessionId] Started sessionId
             * @property {string|null} [node] Started node
             * @property {string|null} [kernelRelease] Started kernelRelease
             * @property {string|null} [backend] Started backend
             * @property {Array.<pwru.v1.BackendStatus.$Properties>|null} [rejectedBackends] Started rejectedBackends
             * @property {Long|null} [bootToWallNs] Started bootToWallNs
             * @property {number|null} [functionsAttached] Started functionsAttached
             * @property {Array.<pwru.v1.RefusedFunction.$Properties>|null} [refusedFunctions] Started refusedFunctions
             * @property {number|null} [heartbeatIntervalMs] Started heartbeatIntervalMs
             * @property {number|null} [leaseMs] Started leaseMs
             * @property {Array.<string>|null} [notices] Started notices
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Started.
             * @memberof pwru.v1
             * @interface IStarted
             * @augments pwru.v1.Started.$Properties
             * @deprecated Use pwru.v1.Started.$Properties instead.
             */

            /**
             * Shape of a Started.
             * @typedef {pwru.v1.Started.$Properties} pwru.v1.Started.$Shape
             */

            /**
             * Constructs a new Started.
             * @memberof pwru.v1
             * @classdesc Represents a Started.
             * @constructor
             * @param {pwru.v1.Started.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Started = function (properties) {
                this.rejectedBackends = [];
                this.refusedFunctions = [];
                this.notices = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Started sessionId.
             * @member {string} sessionId
             * @memberof pwru.v1.Started
             * @instance
             */
            Started.prototype.sessionId = "";

            /**
             * Started node.
             * @member {string} node
             * @memberof pwru.v1.Started
             * @instance
             */
            Started.prototype.node = "";

            /**
             * Started kernelRelease.
             * @member {string} kernelRelease
             * @memberof pwru.v1.Started
             * @instance
             */
            Started.prototype.kernelRelease = "";

            /**
             * Started backend.
             * @member {string} backend
             * @memberof pwru.v1.Started
             * @instance
             */
            Started.prototype.backend = "";

            /**
             * Started rejectedBackends.
             * @member {Array.<pwru.v1.BackendStatus.$Properties>} rejectedBackends
             * @memberof pwru.v1.Started
             * @instance
             */
            Started.prototype.rejectedBackends = $util.emptyArray;

            /**
             * Started bootToWallNs.
             * @member {Long} bootToWallNs
             * @memberof pwru.v1.Started
             * @instance
             */
            Started.prototype.bootToWallNs = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Started functionsAttached.
             * @member {number} functionsAttached
             * @memberof pwru.v1.Started
             * @instance
             */
            Started.prototype.functionsAttached = 0;

            /**
             * Started refusedFunctions.
             * @member {Array.<pwru.v1.RefusedFunction.$Properties>} refusedFunctions
             * @memberof pwru.v1.Started
             * @instance
             */
            Started.prototype.refusedFunctions = $util.emptyArray;

            /**
             * Started heartbeatIntervalMs.
             * @member {number} heartbeatIntervalMs
             * @memberof pwru.v1.Started
             * @instance
             */
            Started.prototype.heartbeatIntervalMs = 0;

            /**
             * Started leaseMs.
             * @member {number} leaseMs
             * @memberof pwru.v1.Started
             * @instance
             */
            Started.prototype.leaseMs = 0;

            /**
             * Started notices.
             * @member {Array.<string>} notices
             * @memberof pwru.v1.Started
             * @instance
             */
            Started.prototype.notices = $util.emptyArray;

            /**
             * Encodes the specified Started message. Does not implicitly {@link pwru.v1.Started.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Started
             * @static
             * @param {pwru.v1.Started.$Properties} message Started message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Started.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessionId != null && $Object.hasOwnProperty.call(message, "sessionId") && message.sessionId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.sessionId);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.node);
                if (message.kernelRelease != null && $Object.hasOwnProperty.call(message, "kernelRelease") && message.kernelRelease !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.kernelRelease);
                if (message.backend != null && $Object.hasOwnProperty.call(message, "backend") && message.backend !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.backend);
                if (message.rejectedBackends != null && message.rejectedBackends.length)
                    for (let i = 0; i < message.rejectedBackends.length; ++i)
                        $root.pwru.v1.BackendStatus.encode(message.rejectedBackends[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.bootToWallNs != null && $Object.hasOwnProperty.call(message, "bootToWallNs") && (typeof message.bootToWallNs === "object" ? message.bootToWallNs.low || message.bootToWallNs.high : message.bootToWallNs !== 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).sfixed64(message.bootToWallNs);
                if (message.functionsAttached != null && $Object.hasOwnProperty.call(message, "functionsAttached") && message.functionsAttached !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.functionsAttached);
                if (message.refusedFunctions != null && message.refusedFunctions.length)
                    for (let i = 0; i < message.refusedFunctions.length; ++i)
                        $root.pwru.v1.RefusedFunction.encode(message.refusedFunctions[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.heartbeatIntervalMs != null && $Object.hasOwnProperty.call(message, "heartbeatIntervalMs") && message.heartbeatIntervalMs !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.heartbeatIntervalMs);
                if (message.leaseMs != null && $Object.hasOwnProperty.call(message, "leaseMs") && message.leaseMs !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.leaseMs);
                if (message.notices != null && message.notices.length)
                    for (let i = 0; i < message.notices.length; ++i)
                        writer.uint32(/* id 11, wireType 2 =*/90).string(message.notices[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Started message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Started
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Started & pwru.v1.Started.$Shape} Started
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Started.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Started();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sessionId = value;
                            else
                                delete message.sessionId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.kernelRelease = value;
                            else
                                delete message.kernelRelease;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.backend = value;
                            else
                                delete message.backend;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.rejectedBackends && message.rejectedBackends.length))
                                message.rejectedBackends = [];
                            message.rejectedBackends.push($root.pwru.v1.BackendStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (typeof (value = reader.sfixed64()) === "object" ? value.low || value.high : value !== 0)
                                message.bootToWallNs = value;
                            else
                                delete message.bootToWallNs;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.functionsAttached = value;
                            else
                                delete message.functionsAttached;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.refusedFunctions && message.refusedFunctions.length))
                                message.refusedFunctions = [];
                            message.refusedFunctions.push($root.pwru.v1.RefusedFunction.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.heartbeatIntervalMs = value;
                            else
                                delete message.heartbeatIntervalMs;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.leaseMs = value;
                            else
                                delete message.leaseMs;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if (!(message.notices && message.notices.length))
                                message.notices = [];
                            message.notices.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Started;
        })();

        v1.DictionaryEntries = (function() {

            /**
             * Properties of a DictionaryEntries.
             * @typedef {Object} pwru.v1.DictionaryEntries.$Properties
             * @property {Array.<pwru.v1.DictionaryEntry.$Properties>|null} [entries] DictionaryEntries entries
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DictionaryEntries.
             * @memberof pwru.v1
             * @interface IDictionaryEntries
             * @augments pwru.v1.DictionaryEntries.$Properties
             * @deprecated Use pwru.v1.DictionaryEntries.$Properties instead.
             */

            /**
             * Shape of a DictionaryEntries.
             * @typedef {{
             *   entries?: Array.<pwru.v1.DictionaryEntry.$Shape>|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} pwru.v1.DictionaryEntries.$Shape
             */

            /**
             * Constructs a new DictionaryEntries.
             * @memberof pwru.v1
             * @classdesc Represents a DictionaryEntries.
             * @constructor
             * @param {pwru.v1.DictionaryEntries.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DictionaryEntries = function (properties) {
                this.entries = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DictionaryEntries entries.
             * @member {Array.<pwru.v1.DictionaryEntry.$Properties>} entries
             * @memberof pwru.v1.DictionaryEntries
             * @instance
             */
            DictionaryEntries.prototype.entries = $util.emptyArray;

            /**
             * Encodes the specified DictionaryEntries message. Does not implicitly {@link pwru.v1.DictionaryEntries.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.DictionaryEntries
             * @static
             * @param {pwru.v1.DictionaryEntries.$Properties} message DictionaryEntries message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DictionaryEntries.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.pwru.v1.DictionaryEntry.encode(message.entries[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DictionaryEntries message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.DictionaryEntries
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.DictionaryEntries & pwru.v1.DictionaryEntries.$Shape} DictionaryEntries
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DictionaryEntries.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.DictionaryEntries();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.pwru.v1.DictionaryEntry.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DictionaryEntries;
        })();

        v1.RefusedFunction = (function() {

            /**
             * Properties of a RefusedFunction.
             * @typedef {Object} pwru.v1.RefusedFunction.$Properties
             * @property {string|null} [name] RefusedFunction name
             * @property {string|null} [module] RefusedFunction module
             * @property {string|null} [reason] RefusedFunction reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RefusedFunction.
             * @memberof pwru.v1
             * @interface IRefusedFunction
             * @augments pwru.v1.RefusedFunction.$Properties
             * @deprecated Use pwru.v1.RefusedFunction.$Properties instead.
             */

            /**
             * Shape of a RefusedFunction.
             * @typedef {pwru.v1.RefusedFunction.$Properties} pwru.v1.RefusedFunction.$Shape
             */

            /**
             * Constructs a new RefusedFunction.
             * @memberof pwru.v1
             * @classdesc Represents a RefusedFunction.
             * @constructor
             * @param {pwru.v1.RefusedFunction.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RefusedFunction = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RefusedFunction name.
             * @member {string} name
             * @memberof pwru.v1.RefusedFunction
             * @instance
             */
            RefusedFunction.prototype.name = "";

            /**
             * RefusedFunction module.
             * @member {string} module
             * @memberof pwru.v1.RefusedFunction
             * @instance
             */
            RefusedFunction.prototype.module = "";

            /**
             * RefusedFunction reason.
             * @member {string} reason
             * @memberof pwru.v1.RefusedFunction
             * @instance
             */
            RefusedFunction.prototype.reason = "";

            /**
             * Encodes the specified RefusedFunction message. Does not implicitly {@link pwru.v1.RefusedFunction.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.RefusedFunction
             * @static
             * @param {pwru.v1.RefusedFunction.$Properties} message RefusedFunction message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RefusedFunction.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.module != null && $Object.hasOwnProperty.call(message, "module") && message.module !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.module);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RefusedFunction message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.RefusedFunction
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.RefusedFunction & pwru.v1.RefusedFunction.$Shape} RefusedFunction
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RefusedFunction.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.RefusedFunction();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.module = value;
                            else
                                delete message.module;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return RefusedFunction;
        })();

        /**
         * SessionState enum.
         * @name pwru.v1.SessionState
         * @enum {number}
         * @property {number} SESSION_STATE_UNSPECIFIED=0 SESSION_STATE_UNSPECIFIED value
         * @property {number} SESSION_STATE_PREPARING=1 SESSION_STATE_PREPARING value
         * @property {number} SESSION_STATE_ATTACHING=2 SESSION_STATE_ATTACHING value
         * @property {number} SESSION_STATE_TRACING=3 SESSION_STATE_TRACING value
         * @property {number} SESSION_STATE_DETACHING=4 SESSION_STATE_DETACHING value
         * @property {number} SESSION_STATE_ENDED=5 SESSION_STATE_ENDED value
         */
        v1.SessionState = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "SESSION_STATE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "SESSION_STATE_PREPARING"] = 1;
            values[valuesById[2] = "SESSION_STATE_ATTACHING"] = 2;
            values[valuesById[3] = "SESSION_STATE_TRACING"] = 3;
            values[valuesById[4] = "SESSION_STATE_DETACHING"] = 4;
            values[valuesById[5] = "SESSION_STATE_ENDED"] = 5;
            return values;
        })();

        v1.Status = (function() {

            /**
             * Properties of a Status.
             * @typedef {Object} pwru.v1.Status.$Properties
             * @property {pwru.v1.SessionState|null} [state] Status state
             * @property {number|null} [functionsDone] Status functionsDone
             * @property {number|null} [functionsTotal] Status functionsTotal
             * @property {pwru.v1.Accounting.$Properties|null} [accounting] Status accounting
             * @property {Array.<string>|null} [notices] Status notices
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Status.
             * @memberof pwru.v1
             * @interface IStatus
             * @augments pwru.v1.Status.$Properties
             * @deprecated Use pwru.v1.Status.$Properties instead.
             */

            /**
             * Shape of a Status.
             * @typedef {pwru.v1.Status.$Properties} pwru.v1.Status.$Shape
             */

            /**
             * Constructs a new Status.
             * @memberof pwru.v1
             * @classdesc Represents a Status.
             * @constructor
             * @param {pwru.v1.Status.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Status = function (properties) {
                this.notices = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Status state.
             * @member {pwru.v1.SessionState} state
             * @memberof pwru.v1.Status
             * @instance
             */
            Status.prototype.state = 0;

            /**
             * Status functionsDone.
             * @member {number} functionsDone
             * @memberof pwru.v1.Status
             * @instance
             */
            Status.prototype.functionsDone = 0;

            /**
             * Status functionsTotal.
             * @member {number} functionsTotal
             * @memberof pwru.v1.Status
             * @instance
             */
            Status.prototype.functionsTotal = 0;

            /**
             * Status accounting.
             * @member {pwru.v1.Accounting.$Properties|null|undefined} accounting
             * @memberof pwru.v1.Status
             * @instance
             */
            Status.prototype.accounting = null;

            /**
             * Status notices.
             * @member {Array.<string>} notices
             * @memberof pwru.v1.Status
             * @instance
             */
            Status.prototype.notices = $util.emptyArray;

            /**
             * Encodes the specified Status message. Does not implicitly {@link pwru.v1.Status.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Status
             * @static
             * @param {pwru.v1.Status.$Properties} message Status message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Status.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.state);
                if (message.functionsDone != null && $Object.hasOwnProperty.call(message, "functionsDone") && message.functionsDone !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.functionsDone);
                if (message.functionsTotal != null && $Object.hasOwnProperty.call(message, "functionsTotal") && message.functionsTotal !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.functionsTotal);
                if (message.accounting != null && $Object.hasOwnProperty.call(message, "accounting"))
                    $root.pwru.v1.Accounting.encode(message.accounting, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.notices != null && message.notices.length)
                    for (let i = 0; i < message.notices.length; ++i)
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.notices[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Status message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Status
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Status & pwru.v1.Status.$Shape} Status
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Status.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Status();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.functionsDone = value;
                            else
                                delete message.functionsDone;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.functionsTotal = value;
                            else
                                delete message.functionsTotal;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.accounting = $root.pwru.v1.Accounting.decode(reader, reader.size(), $undefined, _depth + 1, message.accounting);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.notices && message.notices.length))
                                message.notices = [];
                            message.notices.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Status;
        })();

        v1.Accounting = (function() {

            /**
             * Properties of an Accounting.
             * @typedef {Object} pwru.v1.Accounting.$Properties
             * @property {Long|null} [producedEvents] Accounting producedEvents
             * @property {Long|null} [deliveredEvents] Accounting deliveredEvents
             * @property {Long|null} [withheldEvents] Accounting withheldEvents
             * @property {Long|null} [pendingEvents] Accounting pendingEvents
             * @property {Array.<pwru.v1.Loss.$Properties>|null} [losses] Accounting losses
             * @property {Long|null} [missedHits] Accounting missedHits
             * @property {Long|null} [undecidedHits] Accounting undecidedHits
             * @property {Long|null} [packets] Accounting packets
             * @property {Long|null} [identityEvictions] Accounting identityEvictions
             * @property {Long|null} [identityFailures] Accounting identityFailures
             * @property {Long|null} [blindSoftirqs] Accounting blindSoftirqs
             * @property {Long|null} [identityCut] Accounting identityCut
             * @property {Array.<pwru.v1.DroppedPackets.$Properties>|null} [droppedPackets] Accounting droppedPackets
             * @property {Long|null} [deliveredEnds] Accounting deliveredEnds
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Accounting.
             * @memberof pwru.v1
             * @interface IAccounting
             * @augments pwru.v1.Accounting.$Properties
             * @deprecated Use pwru.v1.Accounting.$Properties instead.
             */

            /**
             * Shape of an Accounting.
             * @typedef {pwru.v1.Accounting.$Properties} pwru.v1.Accounting.$Shape
             */

            /**
             * Constructs a new Accounting.
             * @memberof pwru.v1
             * @classdesc Represents an Accounting.
             * @constructor
             * @param {pwru.v1.Accounting.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Accounting = function (properties) {
                this.losses = [];
                this.droppedPackets = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Accounting producedEvents.
             * @member {Long} producedEvents
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.producedEvents = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Accounting deliveredEvents.
             * @member {Long} deliveredEvents
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.deliveredEvents = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Accounting withheldEvents.
             * @member {Long} withheldEvents
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.withheldEvents = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Accounting pendingEvents.
             * @member {Long} pendingEvents
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.pendingEvents = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Accounting losses.
             * @member {Array.<pwru.v1.Loss.$Properties>} losses
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.losses = $util.emptyArray;

            /**
             * Accounting missedHits.
             * @member {Long} missedHits
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.missedHits = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Accounting undecidedHits.
             * @member {Long} undecidedHits
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.undecidedHits = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Accounting packets.
             * @member {Long} packets
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.packets = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Accounting identityEvictions.
             * @member {Long} identityEvictions
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.identityEvictions = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Accounting identityFailures.
             * @member {Long} identityFailures
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.identityFailures = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Accounting blindSoftirqs.
             * @member {Long} blindSoftirqs
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.blindSoftirqs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Accounting identityCut.
             * @member {Long} identityCut
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.identityCut = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Accounting droppedPackets.
             * @member {Array.<pwru.v1.DroppedPackets.$Properties>} droppedPackets
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.droppedPackets = $util.emptyArray;

            /**
             * Accounting deliveredEnds.
             * @member {Long} deliveredEnds
             * @memberof pwru.v1.Accounting
             * @instance
             */
            Accounting.prototype.deliveredEnds = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Accounting message. Does not implicitly {@link pwru.v1.Accounting.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Accounting
             * @static
             * @param {pwru.v1.Accounting.$Properties} message Accounting message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Accounting.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.producedEvents != null && $Object.hasOwnProperty.call(message, "producedEvents") && (typeof message.producedEvents === "object" ? message.producedEvents.low || message.producedEvents.high : message.producedEvents !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.producedEvents);
                if (message.deliveredEvents != null && $Object.hasOwnProperty.call(message, "deliveredEvents") && (typeof message.deliveredEvents === "object" ? message.deliveredEvents.low || message.deliveredEvents.high : message.deliveredEvents !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.deliveredEvents);
                if (message.withheldEvents != null && $Object.hasOwnProperty.call(message, "withheldEvents") && (typeof message.withheldEvents === "object" ? message.withheldEvents.low || message.withheldEvents.high : message.withheldEvents !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.withheldEvents);
                if (message.pendingEvents != null && $Object.hasOwnProperty.call(message, "pendingEvents") && (typeof message.pendingEvents === "object" ? message.pendingEvents.low || message.pendingEvents.high : message.pendingEvents !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.pendingEvents);
                if (message.losses != null && message.losses.length)
                    for (let i = 0; i < message.losses.length; ++i)
                        $root.pwru.v1.Loss.encode(message.losses[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.missedHits != null && $Object.hasOwnProperty.call(message, "missedHits") && (typeof message.missedHits === "object" ? message.missedHits.low || message.missedHits.high : message.missedHits !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.missedHits);
                if (message.undecidedHits != null && $Object.hasOwnProperty.call(message, "undecidedHits") && (typeof message.undecidedHits === "object" ? message.undecidedHits.low || message.undecidedHits.high : message.undecidedHits !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.undecidedHits);
                if (message.packets != null && $Object.hasOwnProperty.call(message, "packets") && (typeof message.packets === "object" ? message.packets.low || message.packets.high : message.packets !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.packets);
                if (message.identityEvictions != null && $Object.hasOwnProperty.call(message, "identityEvictions") && (typeof message.identityEvictions === "object" ? message.identityEvictions.low || message.identityEvictions.high : message.identityEvictions !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.identityEvictions);
                if (message.identityFailures != null && $Object.hasOwnProperty.call(message, "identityFailures") && (typeof message.identityFailures === "object" ? message.identityFailures.low || message.identityFailures.high : message.identityFailures !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.identityFailures);
                if (message.blindSoftirqs != null && $Object.hasOwnProperty.call(message, "blindSoftirqs") && (typeof message.blindSoftirqs === "object" ? message.blindSoftirqs.low || message.blindSoftirqs.high : message.blindSoftirqs !== 0))
                    writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.blindSoftirqs);
                if (message.identityCut != null && $Object.hasOwnProperty.call(message, "identityCut") && (typeof message.identityCut === "object" ? message.identityCut.low || message.identityCut.high : message.identityCut !== 0))
                    writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.identityCut);
                if (message.droppedPackets != null && message.droppedPackets.length)
                    for (let i = 0; i < message.droppedPackets.length; ++i)
                        $root.pwru.v1.DroppedPackets.encode(message.droppedPackets[i], writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.deliveredEnds != null && $Object.hasOwnProperty.call(message, "deliveredEnds") && (typeof message.deliveredEnds === "object" ? message.deliveredEnds.low || message.deliveredEnds.high : message.deliveredEnds !== 0))
                    writer.uint32(/* id 15, wireType 0 =*/120).uint64(message.deliveredEnds);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Accounting message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Accounting
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Accounting & pwru.v1.Accounting.$Shape} Accounting
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Accounting.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Accounting();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.producedEvents = value;
                            else
                                delete message.producedEvents;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.deliveredEvents = value;
                            else
                                delete message.deliveredEvents;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.withheldEvents = value;
                            else
                                delete message.withheldEvents;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.pendingEvents = value;
                            else
                                delete message.pendingEvents;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.losses && message.losses.length))
                                message.losses = [];
                            message.losses.push($root.pwru.v1.Loss.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.missedHits = value;
                            else
                                delete message.missedHits;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.undecidedHits = value;
                            else
                                delete message.undecidedHits;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.packets = value;
                            else
                                delete message.packets;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.identityEvictions = value;
                            else
                                delete message.identityEvictions;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.identityFailures = value;
                            else
                                delete message.identityFailures;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.blindSoftirqs = value;
                            else
                                delete message.blindSoftirqs;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.identityCut = value;
                            else
                                delete message.identityCut;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if (!(message.droppedPackets && message.droppedPackets.length))
                                message.droppedPackets = [];
                            message.droppedPackets.push($root.pwru.v1.DroppedPackets.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.deliveredEnds = value;
                            else
                                delete message.deliveredEnds;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Accounting;
        })();

        v1.DroppedPackets = (function() {

            /**
             * Properties of a DroppedPackets.
             * @typedef {Object} pwru.v1.DroppedPackets.$Properties
             * @property {pwru.v1.DropClass|null} [dropClass] DroppedPackets dropClass
             * @property {Long|null} [packets] DroppedPackets packets
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DroppedPackets.
             * @memberof pwru.v1
             * @interface IDroppedPackets
             * @augments pwru.v1.DroppedPackets.$Properties
             * @deprecated Use pwru.v1.DroppedPackets.$Properties instead.
             */

            /**
             * Shape of a DroppedPackets.
             * @typedef {pwru.v1.DroppedPackets.$Properties} pwru.v1.DroppedPackets.$Shape
             */

            /**
             * Constructs a new DroppedPackets.
             * @memberof pwru.v1
             * @classdesc Represents a DroppedPackets.
             * @constructor
             * @param {pwru.v1.DroppedPackets.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DroppedPackets = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DroppedPackets dropClass.
             * @member {pwru.v1.DropClass} dropClass
             * @memberof pwru.v1.DroppedPackets
             * @instance
             */
            DroppedPackets.prototype.dropClass = 0;

            /**
             * DroppedPackets packets.
             * @member {Long} packets
             * @memberof pwru.v1.DroppedPackets
             * @instance
             */
            DroppedPackets.prototype.packets = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified DroppedPackets message. Does not implicitly {@link pwru.v1.DroppedPackets.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.DroppedPackets
             * @static
             * @param {pwru.v1.DroppedPackets.$Properties} message DroppedPackets message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DroppedPackets.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.dropClass != null && $Object.hasOwnProperty.call(message, "dropClass") && message.dropClass !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.dropClass);
                if (message.packets != null && $Object.hasOwnProperty.call(message, "packets") && (typeof message.packets === "object" ? message.packets.low || message.packets.high : message.packets !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.packets);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DroppedPackets message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.DroppedPackets
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.DroppedPackets & pwru.v1.DroppedPackets.$Shape} DroppedPackets
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DroppedPackets.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.DroppedPackets();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.dropClass = value;
                            else
                                delete message.dropClass;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.packets = value;
                            else
                                delete message.packets;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return DroppedPackets;
        })();

        /**
         * LossStage enum.
         * @name pwru.v1.LossStage
         * @enum {number}
         * @property {number} LOSS_STAGE_UNSPECIFIED=0 LOSS_STAGE_UNSPECIFIED value
         * @property {number} LOSS_STAGE_KERNEL_RING=1 LOSS_STAGE_KERNEL_RING value
         * @property {number} LOSS_STAGE_NO_RING=2 LOSS_STAGE_NO_RING value
         * @property {number} LOSS_STAGE_AGENT_QUEUE=3 LOSS_STAGE_AGENT_QUEUE value
         * @property {number} LOSS_STAGE_DROPS_BUFFER=4 LOSS_STAGE_DROPS_BUFFER value
         * @property {number} LOSS_STAGE_MALFORMED=5 LOSS_STAGE_MALFORMED value
         * @property {number} LOSS_STAGE_NEW_PODS_BUFFER=6 LOSS_STAGE_NEW_PODS_BUFFER value
         */
        v1.LossStage = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "LOSS_STAGE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "LOSS_STAGE_KERNEL_RING"] = 1;
            values[valuesById[2] = "LOSS_STAGE_NO_RING"] = 2;
            values[valuesById[3] = "LOSS_STAGE_AGENT_QUEUE"] = 3;
            values[valuesById[4] = "LOSS_STAGE_DROPS_BUFFER"] = 4;
            values[valuesById[5] = "LOSS_STAGE_MALFORMED"] = 5;
            values[valuesById[6] = "LOSS_STAGE_NEW_PODS_BUFFER"] = 6;
            return values;
        })();

        v1.Loss = (function() {

            /**
             * Properties of a Loss.
             * @typedef {Object} pwru.v1.Loss.$Properties
             * @property {pwru.v1.LossStage|null} [stage] Loss stage
             * @property {number|null} [cpu] Loss cpu
             * @property {Long|null} [events] Loss events
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Loss.
             * @memberof pwru.v1
             * @interface ILoss
             * @augments pwru.v1.Loss.$Properties
             * @deprecated Use pwru.v1.Loss.$Properties instead.
             */

            /**
             * Shape of a Loss.
             * @typedef {pwru.v1.Loss.$Properties} pwru.v1.Loss.$Shape
             */

            /**
             * Constructs a new Loss.
             * @memberof pwru.v1
             * @classdesc Represents a Loss.
             * @constructor
             * @param {pwru.v1.Loss.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Loss = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Loss stage.
             * @member {pwru.v1.LossStage} stage
             * @memberof pwru.v1.Loss
             * @instance
             */
            Loss.prototype.stage = 0;

            /**
             * Loss cpu.
             * @member {number} cpu
             * @memberof pwru.v1.Loss
             * @instance
             */
            Loss.prototype.cpu = 0;

            /**
             * Loss events.
             * @member {Long} events
             * @memberof pwru.v1.Loss
             * @instance
             */
            Loss.prototype.events = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Loss message. Does not implicitly {@link pwru.v1.Loss.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Loss
             * @static
             * @param {pwru.v1.Loss.$Properties} message Loss message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Loss.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.stage != null && $Object.hasOwnProperty.call(message, "stage") && message.stage !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.stage);
                if (message.cpu != null && $Object.hasOwnProperty.call(message, "cpu") && message.cpu !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.cpu);
                if (message.events != null && $Object.hasOwnProperty.call(message, "events") && (typeof message.events === "object" ? message.events.low || message.events.high : message.events !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.events);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Loss message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Loss
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Loss & pwru.v1.Loss.$Shape} Loss
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Loss.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Loss();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.stage = value;
                            else
                                delete message.stage;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.cpu = value;
                            else
                                delete message.cpu;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.events = value;
                            else
                                delete message.events;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Loss;
        })();

        /**
         * EndReason enum.
         * @name pwru.v1.EndReason
         * @enum {number}
         * @property {number} END_REASON_UNSPECIFIED=0 END_REASON_UNSPECIFIED value
         * @property {number} END_REASON_STOPPED=1 END_REASON_STOPPED value
         * @property {number} END_REASON_MAX_DURATION=2 END_REASON_MAX_DURATION value
         * @property {number} END_REASON_LEASE_EXPIRED=3 END_REASON_LEASE_EXPIRED value
         * @property {number} END_REASON_STOPPED_BY_OPERATOR=4 END_REASON_STOPPED_BY_OPERATOR value
         * @property {number} END_REASON_AGENT_SHUTDOWN=5 END_REASON_AGENT_SHUTDOWN value
         */
        v1.EndReason = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "END_REASON_UNSPECIFIED"] = 0;
            values[valuesById[1] = "END_REASON_STOPPED"] = 1;
            values[valuesById[2] = "END_REASON_MAX_DURATION"] = 2;
            values[valuesById[3] = "END_REASON_LEASE_EXPIRED"] = 3;
            values[valuesById[4] = "END_REASON_STOPPED_BY_OPERATOR"] = 4;
            values[valuesById[5] = "END_REASON_AGENT_SHUTDOWN"] = 5;
            return values;
        })();

        v1.Summary = (function() {

            /**
             * Properties of a Summary.
             * @typedef {Object} pwru.v1.Summary.$Properties
             * @property {pwru.v1.EndReason|null} [reason] Summary reason
             * @property {Long|null} [durationMs] Summary durationMs
             * @property {number|null} [functionsAttached] Summary functionsAttached
             * @property {number|null} [functionsRefused] Summary functionsRefused
             * @property {number|null} [functionsHit] Summary functionsHit
             * @property {pwru.v1.Accounting.$Properties|null} [accounting] Summary accounting
             * @property {Array.<string>|null} [notices] Summary notices
             * @property {Array.<pwru.v1.Departure.$Properties>|null} [departures] Summary departures
             * @property {boolean|null} [departuresIncomplete] Summary departuresIncomplete
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Summary.
             * @memberof pwru.v1
             * @interface ISummary
             * @augments pwru.v1.Summary.$Properties
             * @deprecated Use pwru.v1.Summary.$Properties instead.
             */

            /**
             * Shape of a Summary.
             * @typedef {pwru.v1.Summary.$Properties} pwru.v1.Summary.$Shape
             */

            /**
             * Constructs a new Summary.
             * @memberof pwru.v1
             * @classdesc Represents a Summary.
             * @constructor
             * @param {pwru.v1.Summary.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Summary = function (properties) {
                this.notices = [];
                this.departures = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Summary reason.
             * @member {pwru.v1.EndReason} reason
             * @memberof pwru.v1.Summary
             * @instance
             */
            Summary.prototype.reason = 0;

            /**
             * Summary durationMs.
             * @member {Long} durationMs
             * @memberof pwru.v1.Summary
             * @instance
             */
            Summary.prototype.durationMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Summary functionsAttached.
             * @member {number} functionsAttached
             * @memberof pwru.v1.Summary
             * @instance
             */
            Summary.prototype.functionsAttached = 0;

            /**
             * Summary functionsRefused.
             * @member {number} functionsRefused
             * @memberof pwru.v1.Summary
             * @instance
             */
            Summary.prototype.functionsRefused = 0;

            /**
             * Summary functionsHit.
             * @member {number} functionsHit
             * @memberof pwru.v1.Summary
             * @instance
             */
            Summary.prototype.functionsHit = 0;

            /**
             * Summary accounting.
             * @member {pwru.v1.Accounting.$Properties|null|undefined} accounting
             * @memberof pwru.v1.Summary
             * @instance
             */
            Summary.prototype.accounting = null;

            /**
             * Summary notices.
             * @member {Array.<string>} notices
             * @memberof pwru.v1.Summary
             * @instance
             */
            Summary.prototype.notices = $util.emptyArray;

            /**
             * Summary departures.
             * @member {Array.<pwru.v1.Departure.$Properties>} departures
             * @memberof pwru.v1.Summary
             * @instance
             */
            Summary.prototype.departures = $util.emptyArray;

            /**
             * Summary departuresIncomplete.
             * @member {boolean} departuresIncomplete
             * @memberof pwru.v1.Summary
             * @instance
             */
            Summary.prototype.departuresIncomplete = false;

            /**
             * Encodes the specified Summary message. Does not implicitly {@link pwru.v1.Summary.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Summary
             * @static
             * @param {pwru.v1.Summary.$Properties} message Summary message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Summary.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.reason);
                if (message.durationMs != null && $Object.hasOwnProperty.call(message, "durationMs") && (typeof message.durationMs === "object" ? message.durationMs.low || message.durationMs.high : message.durationMs !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.durationMs);
                if (message.functionsAttached != null && $Object.hasOwnProperty.call(message, "functionsAttached") && message.functionsAttached !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.functionsAttached);
                if (message.functionsRefused != null && $Object.hasOwnProperty.call(message, "functionsRefused") && message.functionsRefused !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.functionsRefused);
                if (message.functionsHit != null && $Object.hasOwnProperty.call(message, "functionsHit") && message.functionsHit !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.functionsHit);
                if (message.accounting != null && $Object.hasOwnProperty.call(message, "accounting"))
                    $root.pwru.v1.Accounting.encode(message.accounting, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.notices != null && message.notices.length)
                    for (let i = 0; i < message.notices.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.notices[i]);
                if (message.departures != null && message.departures.length)
                    for (let i = 0; i < message.departures.length; ++i)
                        $root.pwru.v1.Departure.encode(message.departures[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.departuresIncomplete != null && $Object.hasOwnProperty.call(message, "departuresIncomplete") && message.departuresIncomplete !== false)
                    writer.uint32(/* id 9, wireType 0 =*/72).bool(message.departuresIncomplete);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Summary message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Summary
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Summary & pwru.v1.Summary.$Shape} Summary
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Summary.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Summary();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.durationMs = value;
                            else
                                delete message.durationMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.functionsAttached = value;
                            else
                                delete message.functionsAttached;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.functionsRefused = value;
                            else
                                delete message.functionsRefused;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.functionsHit = value;
                            else
                                delete message.functionsHit;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.accounting = $root.pwru.v1.Accounting.decode(reader, reader.size(), $undefined, _depth + 1, message.accounting);
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.notices && message.notices.length))
                                message.notices = [];
                            message.notices.push(reader.stringVerify());
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.departures && message.departures.length))
                                message.departures = [];
                            message.departures.push($root.pwru.v1.Departure.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.departuresIncomplete = value;
                            else
                                delete message.departuresIncomplete;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Summary;
        })();

        v1.Departure = (function() {

            /**
             * Properties of a Departure.
             * @typedef {Object} pwru.v1.Departure.$Properties
             * @property {string|null} [interfaceName] Departure interfaceName
             * @property {number|null} [interfaceIndex] Departure interfaceIndex
             * @property {Uint8Array|null} [destination] Departure destination
             * @property {Long|null} [lastBootTimeNs] Departure lastBootTimeNs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Departure.
             * @memberof pwru.v1
             * @interface IDeparture
             * @augments pwru.v1.Departure.$Properties
             * @deprecated Use pwru.v1.Departure.$Properties instead.
             */

            /**
             * Shape of a Departure.
             * @typedef {pwru.v1.Departure.$Properties} pwru.v1.Departure.$Shape
             */

            /**
             * Constructs a new Departure.
             * @memberof pwru.v1
             * @classdesc Represents a Departure.
             * @constructor
             * @param {pwru.v1.Departure.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Departure = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Departure interfaceName.
             * @member {string} interfaceName
             * @memberof pwru.v1.Departure
             * @instance
             */
            Departure.prototype.interfaceName = "";

            /**
             * Departure interfaceIndex.
             * @member {number} interfaceIndex
             * @memberof pwru.v1.Departure
             * @instance
             */
            Departure.prototype.interfaceIndex = 0;

            /**
             * Departure destination.
             * @member {Uint8Array} destination
             * @memberof pwru.v1.Departure
             * @instance
             */
            Departure.prototype.destination = $util.newBuffer([]);

            /**
             * Departure lastBootTimeNs.
             * @member {Long} lastBootTimeNs
             * @memberof pwru.v1.Departure
             * @instance
             */
            Departure.prototype.lastBootTimeNs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Departure message. Does not implicitly {@link pwru.v1.Departure.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Departure
             * @static
             * @param {pwru.v1.Departure.$Properties} message Departure message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Departure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.interfaceName != null && $Object.hasOwnProperty.call(message, "interfaceName") && message.interfaceName !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.interfaceName);
                if (message.interfaceIndex != null && $Object.hasOwnProperty.call(message, "interfaceIndex") && message.interfaceIndex !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.interfaceIndex);
                if (message.destination != null && $Object.hasOwnProperty.call(message, "destination") && message.destination.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.destination);
                if (message.lastBootTimeNs != null && $Object.hasOwnProperty.call(message, "lastBootTimeNs") && (typeof message.lastBootTimeNs === "object" ? message.lastBootTimeNs.low || message.lastBootTimeNs.high : message.lastBootTimeNs !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.lastBootTimeNs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Departure message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Departure
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Departure & pwru.v1.Departure.$Shape} Departure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Departure.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Departure();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.interfaceName = value;
                            else
                                delete message.interfaceName;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.interfaceIndex = value;
                            else
                                delete message.interfaceIndex;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.destination = value;
                            else
                                delete message.destination;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.lastBootTimeNs = value;
                            else
                                delete message.lastBootTimeNs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Departure;
        })();

        v1.ListSessionsRequest = (function() {

            /**
             * Properties of a ListSessionsRequest.
             * @typedef {Object} pwru.v1.ListSessionsRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListSessionsRequest.
             * @memberof pwru.v1
             * @interface IListSessionsRequest
             * @augments pwru.v1.ListSessionsRequest.$Properties
             * @deprecated Use pwru.v1.ListSessionsRequest.$Properties instead.
             */

            /**
             * Shape of a ListSessionsRequest.
             * @typedef {pwru.v1.ListSessionsRequest.$Properties} pwru.v1.ListSessionsRequest.$Shape
             */

            /**
             * Constructs a new ListSessionsRequest.
             * @memberof pwru.v1
             * @classdesc Represents a ListSessionsRequest.
             * @constructor
             * @param {pwru.v1.ListSessionsRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListSessionsRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified ListSessionsRequest message. Does not implicitly {@link pwru.v1.ListSessionsRequest.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.ListSessionsRequest
             * @static
             * @param {pwru.v1.ListSessionsRequest.$Properties} message ListSessionsRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListSessionsRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListSessionsRequest message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.ListSessionsRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.ListSessionsRequest & pwru.v1.ListSessionsRequest.$Shape} ListSessionsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListSessionsRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.ListSessionsRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ListSessionsRequest;
        })();

        v1.ListSessionsResponse = (function() {

            /**
             * Properties of a ListSessionsResponse.
             * @typedef {Object} pwru.v1.ListSessionsResponse.$Properties
             * @property {Array.<pwru.v1.Session.$Properties>|null} [sessions] ListSessionsResponse sessions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListSessionsResponse.
             * @memberof pwru.v1
             * @interface IListSessionsResponse
             * @augments pwru.v1.ListSessionsResponse.$Properties
             * @deprecated Use pwru.v1.ListSessionsResponse.$Properties instead.
             */

            /**
             * Shape of a ListSessionsResponse.
             * @typedef {{
             *   sessions?: Array.<pwru.v1.Session.$Shape>|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} pwru.v1.ListSessionsResponse.$Shape
             */

            /**
             * Constructs a new ListSessionsResponse.
             * @memberof pwru.v1
             * @classdesc Represents a ListSessionsResponse.
             * @constructor
             * @param {pwru.v1.ListSessionsResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListSessionsResponse = function (properties) {
                this.sessions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListSessionsResponse sessions.
             * @member {Array.<pwru.v1.Session.$Properties>} sessions
             * @memberof pwru.v1.ListSessionsResponse
             * @instance
             */
            ListSessionsResponse.prototype.sessions = $util.emptyArray;

            /**
             * Encodes the specified ListSessionsResponse message. Does not implicitly {@link pwru.v1.ListSessionsResponse.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.ListSessionsResponse
             * @static
             * @param {pwru.v1.ListSessionsResponse.$Properties} message ListSessionsResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListSessionsResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessions != null && message.sessions.length)
                    for (let i = 0; i < message.sessions.length; ++i)
                        $root.pwru.v1.Session.encode(message.sessions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListSessionsResponse message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.ListSessionsResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.ListSessionsResponse & pwru.v1.ListSessionsResponse.$Shape} ListSessionsResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListSessionsResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.ListSessionsResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.sessions && message.sessions.length))
                                message.sessions = [];
                            message.sessions.push($root.pwru.v1.Session.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return ListSessionsResponse;
        })();

        v1.Session = (function() {

            /**
             * Properties of a Session.
             * @typedef {Object} pwru.v1.Session.$Properties
             * @property {string|null} [id] Session id
             * @property {pwru.v1.SessionState|null} [state] Session state
             * @property {Long|null} [ageMs] Session ageMs
             * @property {pwru.v1.StartTrace.$Properties|null} [request] Session request
             * @property {string|null} [backend] Session backend
             * @property {number|null} [functionsAttached] Session functionsAttached
             * @property {pwru.v1.Accounting.$Properties|null} [accounting] Session accounting
             * @property {Long|null} [leaseRemainingMs] Session leaseRemainingMs
             * @property {boolean|null} [filterHidden] Session filterHidden
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Session.
             * @memberof pwru.v1
             * @interface ISession
             * @augments pwru.v1.Session.$Properties
             * @deprecated Use pwru.v1.Session.$Properties instead.
             */

            /**
             * Shape of a Session.
             * @typedef {{
             *   id?: string|null;
             *   state?: pwru.v1.SessionState|null;
             *   ageMs?: Long|null;
             *   request?: pwru.v1.StartTrace.$Shape|null;
             *   backend?: string|null;
             *   functionsAttached?: number|null;
             *   accounting?: pwru.v1.Accounting.$Shape|null;
             *   leaseRemainingMs?: Long|null;
             *   filterHidden?: boolean|null;
             *   $unknowns?: Array.<Uint8Array>;
             * }} pwru.v1.Session.$Shape
             */

            /**
             * Constructs a new Session.
             * @memberof pwru.v1
             * @classdesc Represents a Session.
             * @constructor
             * @param {pwru.v1.Session.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Session = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Session id.
             * @member {string} id
             * @memberof pwru.v1.Session
             * @instance
             */
            Session.prototype.id = "";

            /**
             * Session state.
             * @member {pwru.v1.SessionState} state
             * @memberof pwru.v1.Session
             * @instance
             */
            Session.prototype.state = 0;

            /**
             * Session ageMs.
             * @member {Long} ageMs
             * @memberof pwru.v1.Session
             * @instance
             */
            Session.prototype.ageMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Session request.
             * @member {pwru.v1.StartTrace.$Properties|null|undefined} request
             * @memberof pwru.v1.Session
             * @instance
             */
            Session.prototype.request = null;

            /**
             * Session backend.
             * @member {string} backend
             * @memberof pwru.v1.Session
             * @instance
             */
            Session.prototype.backend = "";

            /**
             * Session functionsAttached.
             * @member {number} functionsAttached
             * @memberof pwru.v1.Session
             * @instance
             */
            Session.prototype.functionsAttached = 0;

            /**
             * Session accounting.
             * @member {pwru.v1.Accounting.$Properties|null|undefined} accounting
             * @memberof pwru.v1.Session
             * @instance
             */
            Session.prototype.accounting = null;

            /**
             * Session leaseRemainingMs.
             * @member {Long} leaseRemainingMs
             * @memberof pwru.v1.Session
             * @instance
             */
            Session.prototype.leaseRemainingMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Session filterHidden.
             * @member {boolean} filterHidden
             * @memberof pwru.v1.Session
             * @instance
             */
            Session.prototype.filterHidden = false;

            /**
             * Encodes the specified Session message. Does not implicitly {@link pwru.v1.Session.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.Session
             * @static
             * @param {pwru.v1.Session.$Properties} message Session message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Session.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).int32(message.state);
                if (message.ageMs != null && $Object.hasOwnProperty.call(message, "ageMs") && (typeof message.ageMs === "object" ? message.ageMs.low || message.ageMs.high : message.ageMs !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.ageMs);
                if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                    $root.pwru.v1.StartTrace.encode(message.request, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.backend != null && $Object.hasOwnProperty.call(message, "backend") && message.backend !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.backend);
                if (message.functionsAttached != null && $Object.hasOwnProperty.call(message, "functionsAttached") && message.functionsAttached !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.functionsAttached);
                if (message.accounting != null && $Object.hasOwnProperty.call(message, "accounting"))
                    $root.pwru.v1.Accounting.encode(message.accounting, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.leaseRemainingMs != null && $Object.hasOwnProperty.call(message, "leaseRemainingMs") && (typeof message.leaseRemainingMs === "object" ? message.leaseRemainingMs.low || message.leaseRemainingMs.high : message.leaseRemainingMs !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.leaseRemainingMs);
                if (message.filterHidden != null && $Object.hasOwnProperty.call(message, "filterHidden") && message.filterHidden !== false)
                    writer.uint32(/* id 9, wireType 0 =*/72).bool(message.filterHidden);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Session message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.Session
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.Session & pwru.v1.Session.$Shape} Session
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Session.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.Session();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.ageMs = value;
                            else
                                delete message.ageMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.request = $root.pwru.v1.StartTrace.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.backend = value;
                            else
                                delete message.backend;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.functionsAttached = value;
                            else
                                delete message.functionsAttached;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.accounting = $root.pwru.v1.Accounting.decode(reader, reader.size(), $undefined, _depth + 1, message.accounting);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.leaseRemainingMs = value;
                            else
                                delete message.leaseRemainingMs;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.filterHidden = value;
                            else
                                delete message.filterHidden;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return Session;
        })();

        v1.StopSessionRequest = (function() {

            /**
             * Properties of a StopSessionRequest.
             * @typedef {Object} pwru.v1.StopSessionRequest.$Properties
             * @property {string|null} [id] StopSessionRequest id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StopSessionRequest.
             * @memberof pwru.v1
             * @interface IStopSessionRequest
             * @augments pwru.v1.StopSessionRequest.$Properties
             * @deprecated Use pwru.v1.StopSessionRequest.$Properties instead.
             */

            /**
             * Shape of a StopSessionRequest.
             * @typedef {pwru.v1.StopSessionRequest.$Properties} pwru.v1.StopSessionRequest.$Shape
             */

            /**
             * Constructs a new StopSessionRequest.
             * @memberof pwru.v1
             * @classdesc Represents a StopSessionRequest.
             * @constructor
             * @param {pwru.v1.StopSessionRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StopSessionRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StopSessionRequest id.
             * @member {string} id
             * @memberof pwru.v1.StopSessionRequest
             * @instance
             */
            StopSessionRequest.prototype.id = "";

            /**
             * Encodes the specified StopSessionRequest message. Does not implicitly {@link pwru.v1.StopSessionRequest.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.StopSessionRequest
             * @static
             * @param {pwru.v1.StopSessionRequest.$Properties} message StopSessionRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StopSessionRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StopSessionRequest message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.StopSessionRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.StopSessionRequest & pwru.v1.StopSessionRequest.$Shape} StopSessionRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StopSessionRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.StopSessionRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return StopSessionRequest;
        })();

        v1.StopSessionResponse = (function() {

            /**
             * Properties of a StopSessionResponse.
             * @typedef {Object} pwru.v1.StopSessionResponse.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StopSessionResponse.
             * @memberof pwru.v1
             * @interface IStopSessionResponse
             * @augments pwru.v1.StopSessionResponse.$Properties
             * @deprecated Use pwru.v1.StopSessionResponse.$Properties instead.
             */

            /**
             * Shape of a StopSessionResponse.
             * @typedef {pwru.v1.StopSessionResponse.$Properties} pwru.v1.StopSessionResponse.$Shape
             */

            /**
             * Constructs a new StopSessionResponse.
             * @memberof pwru.v1
             * @classdesc Represents a StopSessionResponse.
             * @constructor
             * @param {pwru.v1.StopSessionResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StopSessionResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified StopSessionResponse message. Does not implicitly {@link pwru.v1.StopSessionResponse.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.StopSessionResponse
             * @static
             * @param {pwru.v1.StopSessionResponse.$Properties} message StopSessionResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StopSessionResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StopSessionResponse message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.StopSessionResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.StopSessionResponse & pwru.v1.StopSessionResponse.$Shape} StopSessionResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StopSessionResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.StopSessionResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return StopSessionResponse;
        })();

        v1.BackendStatus = (function() {

            /**
             * Properties of a BackendStatus.
             * @typedef {Object} pwru.v1.BackendStatus.$Properties
             * @property {string|null} [name] BackendStatus name
             * @property {boolean|null} [available] BackendStatus available
             * @property {string|null} [reason] BackendStatus reason
             * @property {pwru.v1.RefusalCause|null} [cause] BackendStatus cause
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BackendStatus.
             * @memberof pwru.v1
             * @interface IBackendStatus
             * @augments pwru.v1.BackendStatus.$Properties
             * @deprecated Use pwru.v1.BackendStatus.$Properties instead.
             */

            /**
             * Shape of a BackendStatus.
             * @typedef {pwru.v1.BackendStatus.$Properties} pwru.v1.BackendStatus.$Shape
             */

            /**
             * Constructs a new BackendStatus.
             * @memberof pwru.v1
             * @classdesc Represents a BackendStatus.
             * @constructor
             * @param {pwru.v1.BackendStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BackendStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BackendStatus name.
             * @member {string} name
             * @memberof pwru.v1.BackendStatus
             * @instance
             */
            BackendStatus.prototype.name = "";

            /**
             * BackendStatus available.
             * @member {boolean} available
             * @memberof pwru.v1.BackendStatus
             * @instance
             */
            BackendStatus.prototype.available = false;

            /**
             * BackendStatus reason.
             * @member {string} reason
             * @memberof pwru.v1.BackendStatus
             * @instance
             */
            BackendStatus.prototype.reason = "";

            /**
             * BackendStatus cause.
             * @member {pwru.v1.RefusalCause} cause
             * @memberof pwru.v1.BackendStatus
             * @instance
             */
            BackendStatus.prototype.cause = 0;

            /**
             * Encodes the specified BackendStatus message. Does not implicitly {@link pwru.v1.BackendStatus.verify|verify} messages.
             * @function encode
             * @memberof pwru.v1.BackendStatus
             * @static
             * @param {pwru.v1.BackendStatus.$Properties} message BackendStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BackendStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.available != null && $Object.hasOwnProperty.call(message, "available") && message.available !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.available);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.reason);
                if (message.cause != null && $Object.hasOwnProperty.call(message, "cause") && message.cause !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.cause);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BackendStatus message from the specified reader or buffer.
             * @function decode
             * @memberof pwru.v1.BackendStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {pwru.v1.BackendStatus & pwru.v1.BackendStatus.$Shape} BackendStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BackendStatus.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.pwru.v1.BackendStatus();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.available = value;
                            else
                                delete message.available;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.cause = value;
                            else
                                delete message.cause;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            return BackendStatus;
        })();

        /**
         * RefusalCause enum.
         * @name pwru.v1.RefusalCause
         * @enum {number}
         * @property {number} REFUSAL_CAUSE_UNSPECIFIED=0 REFUSAL_CAUSE_UNSPECIFIED value
         * @property {number} REFUSAL_CAUSE_KERNEL=1 REFUSAL_CAUSE_KERNEL value
         * @property {number} REFUSAL_CAUSE_CAPABILITY=2 REFUSAL_CAUSE_CAPABILITY value
         * @property {number} REFUSAL_CAUSE_USER_NAMESPACE=3 REFUSAL_CAUSE_USER_NAMESPACE value
         * @property {number} REFUSAL_CAUSE_SECCOMP=4 REFUSAL_CAUSE_SECCOMP value
         * @property {number} REFUSAL_CAUSE_LOCKDOWN=5 REFUSAL_CAUSE_LOCKDOWN value
         * @property {number} REFUSAL_CAUSE_SECURITY_MODULE=6 REFUSAL_CAUSE_SECURITY_MODULE value
         * @property {number} REFUSAL_CAUSE_PERF_EVENT_PARANOID=7 REFUSAL_CAUSE_PERF_EVENT_PARANOID value
         * @property {number} REFUSAL_CAUSE_KPTR_RESTRICT=8 REFUSAL_CAUSE_KPTR_RESTRICT value
         * @property {number} REFUSAL_CAUSE_FTRACE_DISABLED=9 REFUSAL_CAUSE_FTRACE_DISABLED value
         * @property {number} REFUSAL_CAUSE_KPROBES_DISABLED=10 REFUSAL_CAUSE_KPROBES_DISABLED value
         * @property {number} REFUSAL_CAUSE_TRACEFS=11 REFUSAL_CAUSE_TRACEFS value
         * @property {number} REFUSAL_CAUSE_LOCKED_MEMORY=12 REFUSAL_CAUSE_LOCKED_MEMORY value
         * @property {number} REFUSAL_CAUSE_RESOURCES=13 REFUSAL_CAUSE_RESOURCES value
         * @property {number} REFUSAL_CAUSE_VERIFIER=14 REFUSAL_CAUSE_VERIFIER value
         * @property {number} REFUSAL_CAUSE_NO_HIT=15 REFUSAL_CAUSE_NO_HIT value
         * @property {number} REFUSAL_CAUSE_LIBRARY=16 REFUSAL_CAUSE_LIBRARY value
         */
        v1.RefusalCause = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "REFUSAL_CAUSE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "REFUSAL_CAUSE_KERNEL"] = 1;
            values[valuesById[2] = "REFUSAL_CAUSE_CAPABILITY"] = 2;
            values[valuesById[3] = "REFUSAL_CAUSE_USER_NAMESPACE"] = 3;
            values[valuesById[4] = "REFUSAL_CAUSE_SECCOMP"] = 4;
            values[valuesById[5] = "REFUSAL_CAUSE_LOCKDOWN"] = 5;
            values[valuesById[6] = "REFUSAL_CAUSE_SECURITY_MODULE"] = 6;
            values[valuesById[7] = "REFUSAL_CAUSE_PERF_EVENT_PARANOID"] = 7;
            values[valuesById[8] = "REFUSAL_CAUSE_KPTR_RESTRICT"] = 8;
            values[valuesById[9] = "REFUSAL_CAUSE_FTRACE_DISABLED"] = 9;
            values[valuesById[10] = "REFUSAL_CAUSE_KPROBES_DISABLED"] = 10;
            values[valuesById[11] = "REFUSAL_CAUSE_TRACEFS"] = 11;
            values[valuesById[12] = "REFUSAL_CAUSE_LOCKED_MEMORY"] = 12;
            values[valuesById[13] = "REFUSAL_CAUSE_RESOURCES"] = 13;
            values[valuesById[14] = "REFUSAL_CAUSE_VERIFIER"] = 14;
            values[valuesById[15] = "REFUSAL_CAUSE_NO_HIT"] = 15;
            values[valuesById[16] = "REFUSAL_CAUSE_LIBRARY"] = 16;
            return values;
        })();

        return v1;
    })();

    return pwru;
})();

export {
  $root as default
};
