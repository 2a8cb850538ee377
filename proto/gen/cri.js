// Generated from proto by protobufjs-cli 2.7.1: npm run gen.
/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["cri"] || ($protobuf.roots["cri"] = {});

export const runtime = $root.runtime = (() => {

    /**
     * Namespace runtime.
     * @exports runtime
     * @namespace
     */
    const runtime = {};

    runtime.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof runtime
         * @namespace
         */
        const v1 = {};

        v1.RuntimeService = (function() {

            /**
             * Constructs a new RuntimeService service.
             * @memberof runtime.v1
             * @classdesc Represents a RuntimeService
             * @extends $protobuf.rpc.Service
             * @constructor
             * @param {$protobuf.RPCImpl} rpcImpl RPC implementation
             * @param {boolean} [requestDelimited=false] Whether requests are length-delimited
             * @param {boolean} [responseDelimited=false] Whether responses are length-delimited
             */
            const RuntimeService = function(rpcImpl, requestDelimited, responseDelimited) {
                $protobuf.rpc.Service.call(this, rpcImpl, requestDelimited, responseDelimited);
            };

            $Object.defineProperty(RuntimeService.prototype = $Object.create($protobuf.rpc.Service.prototype), "constructor", { value: RuntimeService, writable: true, enumerable: false, configurable: true });

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#version}.
             * @memberof runtime.v1.RuntimeService
             * @typedef VersionCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.VersionResponse} [response] VersionResponse
             */

            /**
             * Calls Version.
             * @memberof runtime.v1.RuntimeService
             * @typedef Version
             * @type {{
             *   (request: runtime.v1.IVersionRequest, callback: runtime.v1.RuntimeService.VersionCallback): void;
             *   (request: runtime.v1.IVersionRequest): Promise<runtime.v1.VersionResponse>;
             *   readonly name: "Version";
             *   readonly path: "/runtime.v1.RuntimeService/Version";
             *   readonly requestType: "VersionRequest";
             *   readonly responseType: "VersionResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls Version.
             * @name runtime.v1.RuntimeService#version
             * @type {runtime.v1.RuntimeService.Version}
             */
            $Object.defineProperties(RuntimeService.prototype.version = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, RuntimeService.prototype.version, $root.runtime.v1.VersionRequest, $root.runtime.v1.VersionResponse, request, callback);
            }, {
                name: { value: "Version" },
                path: { value: "/runtime.v1.RuntimeService/Version" },
                requestType: { value: "VersionRequest" },
                responseType: { value: "VersionResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#listPodSandbox}.
             * @memberof runtime.v1.RuntimeService
             * @typedef ListPodSandboxCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.ListPodSandboxResponse} [response] ListPodSandboxResponse
             */

            /**
             * Calls ListPodSandbox.
             * @memberof runtime.v1.RuntimeService
             * @typedef ListPodSandbox
             * @type {{
             *   (request: runtime.v1.IListPodSandboxRequest, callback: runtime.v1.RuntimeService.ListPodSandboxCallback): void;
             *   (request: runtime.v1.IListPodSandboxRequest): Promise<runtime.v1.ListPodSandboxResponse>;
             *   readonly name: "ListPodSandbox";
             *   readonly path: "/runtime.v1.RuntimeService/ListPodSandbox";
             *   readonly requestType: "ListPodSandboxRequest";
             *   readonly responseType: "ListPodSandboxResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls ListPodSandbox.
             * @name runtime.v1.RuntimeService#listPodSandbox
             * @type {runtime.v1.RuntimeService.ListPodSandbox}
             */
            $Object.defineProperties(RuntimeService.prototype.listPodSandbox = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, RuntimeService.prototype.listPodSandbox, $root.runtime.v1.ListPodSandboxRequest, $root.runtime.v1.ListPodSandboxResponse, request, callback);
            }, {
                name: { value: "ListPodSandbox" },
                path: { value: "/runtime.v1.RuntimeService/ListPodSandbox" },
                requestType: { value: "ListPodSandboxRequest" },
                responseType: { value: "ListPodSandboxResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            /**
             * Callback as used by {@link runtime.v1.RuntimeService#podSandboxStatus}.
             * @memberof runtime.v1.RuntimeService
             * @typedef PodSandboxStatusCallback
             * @type {function}
             * @param {Error|null} error Error, if any
             * @param {runtime.v1.PodSandboxStatusResponse} [response] PodSandboxStatusResponse
             */

            /**
             * Calls PodSandboxStatus.
             * @memberof runtime.v1.RuntimeService
             * @typedef PodSandboxStatus
             * @type {{
             *   (request: runtime.v1.IPodSandboxStatusRequest, callback: runtime.v1.RuntimeService.PodSandboxStatusCallback): void;
             *   (request: runtime.v1.IPodSandboxStatusRequest): Promise<runtime.v1.PodSandboxStatusResponse>;
             *   readonly name: "PodSandboxStatus";
             *   readonly path: "/runtime.v1.RuntimeService/PodSandboxStatus";
             *   readonly requestType: "PodSandboxStatusRequest";
             *   readonly responseType: "PodSandboxStatusResponse";
             *   readonly requestStream: undefined;
             *   readonly responseStream: undefined;
             * }}
             */

            /**
             * Calls PodSandboxStatus.
             * @name runtime.v1.RuntimeService#podSandboxStatus
             * @type {runtime.v1.RuntimeService.PodSandboxStatus}
             */
            $Object.defineProperties(RuntimeService.prototype.podSandboxStatus = function(request, callback) {
                return $protobuf.rpc.Service.prototype.rpcCall.call(this, RuntimeService.prototype.podSandboxStatus, $root.runtime.v1.PodSandboxStatusRequest, $root.runtime.v1.PodSandboxStatusResponse, request, callback);
            }, {
                name: { value: "PodSandboxStatus" },
                path: { value: "/runtime.v1.RuntimeService/PodSandboxStatus" },
                requestType: { value: "PodSandboxStatusRequest" },
                responseType: { value: "PodSandboxStatusResponse" },
                requestStream: { value: $undefined },
                responseStream: { value: $undefined }
            });

            return RuntimeService;
        })();

        v1.VersionRequest = (function() {

            /**
             * Properties of a VersionRequest.
             * @typedef {Object} runtime.v1.VersionRequest.$Properties
             * @property {string|null} [version] VersionRequest version
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a VersionRequest.
             * @memberof runtime.v1
             * @interface IVersionRequest
             * @augments runtime.v1.VersionRequest.$Properties
             * @deprecated Use runtime.v1.VersionRequest.$Properties instead.
             */

            /**
             * Shape of a VersionRequest.
             * @typedef {runtime.v1.VersionRequest.$Properties} runtime.v1.VersionRequest.$Shape
             */

            /**
             * Constructs a new VersionRequest.
             * @memberof runtime.v1
             * @classdesc Represents a VersionRequest.
             * @constructor
             * @param {runtime.v1.VersionRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const VersionRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * VersionRequest version.
             * @member {string} version
             * @memberof runtime.v1.VersionRequest
             * @instance
             */
            VersionRequest.prototype.version = "";

            /**
             * Encodes the specified VersionRequest message. Does not implicitly {@link runtime.v1.VersionRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.VersionRequest
             * @static
             * @param {runtime.v1.VersionRequest.$Properties} message VersionRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            VersionRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.version);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a VersionRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.VersionRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.VersionRequest & runtime.v1.VersionRequest.$Shape} VersionRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            VersionRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.VersionRequest();
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

            return VersionRequest;
        })();

        v1.VersionResponse = (function() {

            /**
             * Properties of a VersionResponse.
             * @typedef {Object} runtime.v1.VersionResponse.$Properties
             * @property {string|null} [version] VersionResponse version
             * @property {string|null} [runtimeName] VersionResponse runtimeName
             * @property {string|null} [runtimeVersion] VersionResponse runtimeVersion
             * @property {string|null} [runtimeApiVersion] VersionResponse runtimeApiVersion
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a VersionResponse.
             * @memberof runtime.v1
             * @interface IVersionResponse
             * @augments runtime.v1.VersionResponse.$Properties
             * @deprecated Use runtime.v1.VersionResponse.$Properties instead.
             */

            /**
             * Shape of a VersionResponse.
             * @typedef {runtime.v1.VersionResponse.$Properties} runtime.v1.VersionResponse.$Shape
             */

            /**
             * Constructs a new VersionResponse.
             * @memberof runtime.v1
             * @classdesc Represents a VersionResponse.
             * @constructor
             * @param {runtime.v1.VersionResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const VersionResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * VersionResponse version.
             * @member {string} version
             * @memberof runtime.v1.VersionResponse
             * @instance
             */
            VersionResponse.prototype.version = "";

            /**
             * VersionResponse runtimeName.
             * @member {string} runtimeName
             * @memberof runtime.v1.VersionResponse
             * @instance
             */
            VersionResponse.prototype.runtimeName = "";

            /**
             * VersionResponse runtimeVersion.
             * @member {string} runtimeVersion
             * @memberof runtime.v1.VersionResponse
             * @instance
             */
            VersionResponse.prototype.runtimeVersion = "";

            /**
             * VersionResponse runtimeApiVersion.
             * @member {string} runtimeApiVersion
             * @memberof runtime.v1.VersionResponse
             * @instance
             */
            VersionResponse.prototype.runtimeApiVersion = "";

            /**
             * Encodes the specified VersionResponse message. Does not implicitly {@link runtime.v1.VersionResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.VersionResponse
             * @static
             * @param {runtime.v1.VersionResponse.$Properties} message VersionResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            VersionResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.version);
                if (message.runtimeName != null && $Object.hasOwnProperty.call(message, "runtimeName") && message.runtimeName !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.runtimeName);
                if (message.runtimeVersion != null && $Object.hasOwnProperty.call(message, "runtimeVersion") && message.runtimeVersion !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.runtimeVersion);
                if (message.runtimeApiVersion != null && $Object.hasOwnProperty.call(message, "runtimeApiVersion") && message.runtimeApiVersion !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.runtimeApiVersion);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a VersionResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.VersionResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.VersionResponse & runtime.v1.VersionResponse.$Shape} VersionResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            VersionResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.VersionResponse();
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
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runtimeName = value;
                            else
                                delete message.runtimeName;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runtimeVersion = value;
                            else
                                delete message.runtimeVersion;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.runtimeApiVersion = value;
                            else
                                delete message.runtimeApiVersion;
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

            return VersionResponse;
        })();

        /**
         * PodSandboxState enum.
         * @name runtime.v1.PodSandboxState
         * @enum {number}
         * @property {number} SANDBOX_READY=0 SANDBOX_READY value
         * @property {number} SANDBOX_NOTREADY=1 SANDBOX_NOTREADY value
         */
        v1.PodSandboxState = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "SANDBOX_READY"] = 0;
            values[valuesById[1] = "SANDBOX_NOTREADY"] = 1;
            return values;
        })();

        v1.PodSandboxMetadata = (function() {

            /**
             * Properties of a PodSandboxMetadata.
             * @typedef {Object} runtime.v1.PodSandboxMetadata.$Properties
             * @property {string|null} [name] PodSandboxMetadata name
             * @property {string|null} [uid] PodSandboxMetadata uid
             * @property {string|null} [namespace] PodSandboxMetadata namespace
             * @property {number|null} [attempt] PodSandboxMetadata attempt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandboxMetadata.
             * @memberof runtime.v1
             * @interface IPodSandboxMetadata
             * @augments runtime.v1.PodSandboxMetadata.$Properties
             * @deprecated Use runtime.v1.PodSandboxMetadata.$Properties instead.
             */

            /**
             * Shape of a PodSandboxMetadata.
             * @typedef {runtime.v1.PodSandboxMetadata.$Properties} runtime.v1.PodSandboxMetadata.$Shape
             */

            /**
             * Constructs a new PodSandboxMetadata.
             * @memberof runtime.v1
             * @classdesc Represents a PodSandboxMetadata.
             * @constructor
             * @param {runtime.v1.PodSandboxMetadata.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandboxMetadata = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodSandboxMetadata name.
             * @member {string} name
             * @memberof runtime.v1.PodSandboxMetadata
             * @instance
             */
            PodSandboxMetadata.prototype.name = "";

            /**
             * PodSandboxMetadata uid.
             * @member {string} uid
             * @memberof runtime.v1.PodSandboxMetadata
             * @instance
             */
            PodSandboxMetadata.prototype.uid = "";

            /**
             * PodSandboxMetadata namespace.
             * @member {string} namespace
             * @memberof runtime.v1.PodSandboxMetadata
             * @instance
             */
            PodSandboxMetadata.prototype.namespace = "";

            /**
             * PodSandboxMetadata attempt.
             * @member {number} attempt
             * @memberof runtime.v1.PodSandboxMetadata
             * @instance
             */
            PodSandboxMetadata.prototype.attempt = 0;

            /**
             * Encodes the specified PodSandboxMetadata message. Does not implicitly {@link runtime.v1.PodSandboxMetadata.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandboxMetadata
             * @static
             * @param {runtime.v1.PodSandboxMetadata.$Properties} message PodSandboxMetadata message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandboxMetadata.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.uid);
                if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.namespace);
                if (message.attempt != null && $Object.hasOwnProperty.call(message, "attempt") && message.attempt !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.attempt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandboxMetadata message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandboxMetadata
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxMetadata & runtime.v1.PodSandboxMetadata.$Shape} PodSandboxMetadata
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandboxMetadata.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.PodSandboxMetadata();
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
                                message.uid = value;
                            else
                                delete message.uid;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.namespace = value;
                            else
                                delete message.namespace;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempt = value;
                            else
                                delete message.attempt;
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

            return PodSandboxMetadata;
        })();

        v1.ListPodSandboxRequest = (function() {

            /**
             * Properties of a ListPodSandboxRequest.
             * @typedef {Object} runtime.v1.ListPodSandboxRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListPodSandboxRequest.
             * @memberof runtime.v1
             * @interface IListPodSandboxRequest
             * @augments runtime.v1.ListPodSandboxRequest.$Properties
             * @deprecated Use runtime.v1.ListPodSandboxRequest.$Properties instead.
             */

            /**
             * Shape of a ListPodSandboxRequest.
             * @typedef {runtime.v1.ListPodSandboxRequest.$Properties} runtime.v1.ListPodSandboxRequest.$Shape
             */

            /**
             * Constructs a new ListPodSandboxRequest.
             * @memberof runtime.v1
             * @classdesc Represents a ListPodSandboxRequest.
             * @constructor
             * @param {runtime.v1.ListPodSandboxRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListPodSandboxRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified ListPodSandboxRequest message. Does not implicitly {@link runtime.v1.ListPodSandboxRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ListPodSandboxRequest
             * @static
             * @param {runtime.v1.ListPodSandboxRequest.$Properties} message ListPodSandboxRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListPodSandboxRequest.encode = function (message, writer, _depth) {
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
             * Decodes a ListPodSandboxRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ListPodSandboxRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ListPodSandboxRequest & runtime.v1.ListPodSandboxRequest.$Shape} ListPodSandboxRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListPodSandboxRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.ListPodSandboxRequest();
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

            return ListPodSandboxRequest;
        })();

        v1.ListPodSandboxResponse = (function() {

            /**
             * Properties of a ListPodSandboxResponse.
             * @typedef {Object} runtime.v1.ListPodSandboxResponse.$Properties
             * @property {Array.<runtime.v1.PodSandbox.$Properties>|null} [items] ListPodSandboxResponse items
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListPodSandboxResponse.
             * @memberof runtime.v1
             * @interface IListPodSandboxResponse
             * @augments runtime.v1.ListPodSandboxResponse.$Properties
             * @deprecated Use runtime.v1.ListPodSandboxResponse.$Properties instead.
             */

            /**
             * Shape of a ListPodSandboxResponse.
             * @typedef {runtime.v1.ListPodSandboxResponse.$Properties} runtime.v1.ListPodSandboxResponse.$Shape
             */

            /**
             * Constructs a new ListPodSandboxResponse.
             * @memberof runtime.v1
             * @classdesc Represents a ListPodSandboxResponse.
             * @constructor
             * @param {runtime.v1.ListPodSandboxResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListPodSandboxResponse = function (properties) {
                this.items = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListPodSandboxResponse items.
             * @member {Array.<runtime.v1.PodSandbox.$Properties>} items
             * @memberof runtime.v1.ListPodSandboxResponse
             * @instance
             */
            ListPodSandboxResponse.prototype.items = $util.emptyArray;

            /**
             * Encodes the specified ListPodSandboxResponse message. Does not implicitly {@link runtime.v1.ListPodSandboxResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.ListPodSandboxResponse
             * @static
             * @param {runtime.v1.ListPodSandboxResponse.$Properties} message ListPodSandboxResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListPodSandboxResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.items != null && message.items.length)
                    for (let i = 0; i < message.items.length; ++i)
                        $root.runtime.v1.PodSandbox.encode(message.items[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListPodSandboxResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.ListPodSandboxResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.ListPodSandboxResponse & runtime.v1.ListPodSandboxResponse.$Shape} ListPodSandboxResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListPodSandboxResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.ListPodSandboxResponse();
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
                            if (!(message.items && message.items.length))
                                message.items = [];
                            message.items.push($root.runtime.v1.PodSandbox.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return ListPodSandboxResponse;
        })();

        v1.PodSandbox = (function() {

            /**
             * Properties of a PodSandbox.
             * @typedef {Object} runtime.v1.PodSandbox.$Properties
             * @property {string|null} [id] PodSandbox id
             * @property {runtime.v1.PodSandboxMetadata.$Properties|null} [metadata] PodSandbox metadata
             * @property {runtime.v1.PodSandboxState|null} [state] PodSandbox state
             * @property {Long|null} [createdAt] PodSandbox createdAt
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandbox.
             * @memberof runtime.v1
             * @interface IPodSandbox
             * @augments runtime.v1.PodSandbox.$Properties
             * @deprecated Use runtime.v1.PodSandbox.$Properties instead.
             */

            /**
             * Shape of a PodSandbox.
             * @typedef {runtime.v1.PodSandbox.$Properties} runtime.v1.PodSandbox.$Shape
             */

            /**
             * Constructs a new PodSandbox.
             * @memberof runtime.v1
             * @classdesc Represents a PodSandbox.
             * @constructor
             * @param {runtime.v1.PodSandbox.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandbox = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodSandbox id.
             * @member {string} id
             * @memberof runtime.v1.PodSandbox
             * @instance
             */
            PodSandbox.prototype.id = "";

            /**
             * PodSandbox metadata.
             * @member {runtime.v1.PodSandboxMetadata.$Properties|null|undefined} metadata
             * @memberof runtime.v1.PodSandbox
             * @instance
             */
            PodSandbox.prototype.metadata = null;

            /**
             * PodSandbox state.
             * @member {runtime.v1.PodSandboxState} state
             * @memberof runtime.v1.PodSandbox
             * @instance
             */
            PodSandbox.prototype.state = 0;

            /**
             * PodSandbox createdAt.
             * @member {Long} createdAt
             * @memberof runtime.v1.PodSandbox
             * @instance
             */
            PodSandbox.prototype.createdAt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * Encodes the specified PodSandbox message. Does not implicitly {@link runtime.v1.PodSandbox.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandbox
             * @static
             * @param {runtime.v1.PodSandbox.$Properties} message PodSandbox message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandbox.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
                    $root.runtime.v1.PodSandboxMetadata.encode(message.metadata, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.state);
                if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && (typeof message.createdAt === "object" ? message.createdAt.low || message.createdAt.high : message.createdAt !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.createdAt);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandbox message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandbox
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandbox & runtime.v1.PodSandbox.$Shape} PodSandbox
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandbox.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.PodSandbox();
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
                            if (wireType !== 2)
                                break;
                            message.metadata = $root.runtime.v1.PodSandboxMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.createdAt = value;
                            else
                                delete message.createdAt;
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

            return PodSandbox;
        })();

        v1.PodSandboxStatusRequest = (function() {

            /**
             * Properties of a PodSandboxStatusRequest.
             * @typedef {Object} runtime.v1.PodSandboxStatusRequest.$Properties
             * @property {string|null} [podSandboxId] PodSandboxStatusRequest podSandboxId
             * @property {boolean|null} [verbose] PodSandboxStatusRequest verbose
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandboxStatusRequest.
             * @memberof runtime.v1
             * @interface IPodSandboxStatusRequest
             * @augments runtime.v1.PodSandboxStatusRequest.$Properties
             * @deprecated Use runtime.v1.PodSandboxStatusRequest.$Properties instead.
             */

            /**
             * Shape of a PodSandboxStatusRequest.
             * @typedef {runtime.v1.PodSandboxStatusRequest.$Properties} runtime.v1.PodSandboxStatusRequest.$Shape
             */

            /**
             * Constructs a new PodSandboxStatusRequest.
             * @memberof runtime.v1
             * @classdesc Represents a PodSandboxStatusRequest.
             * @constructor
             * @param {runtime.v1.PodSandboxStatusRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandboxStatusRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodSandboxStatusRequest podSandboxId.
             * @member {string} podSandboxId
             * @memberof runtime.v1.PodSandboxStatusRequest
             * @instance
             */
            PodSandboxStatusRequest.prototype.podSandboxId = "";

            /**
             * PodSandboxStatusRequest verbose.
             * @member {boolean} verbose
             * @memberof runtime.v1.PodSandboxStatusRequest
             * @instance
             */
            PodSandboxStatusRequest.prototype.verbose = false;

            /**
             * Encodes the specified PodSandboxStatusRequest message. Does not implicitly {@link runtime.v1.PodSandboxStatusRequest.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandboxStatusRequest
             * @static
             * @param {runtime.v1.PodSandboxStatusRequest.$Properties} message PodSandboxStatusRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandboxStatusRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.podSandboxId != null && $Object.hasOwnProperty.call(message, "podSandboxId") && message.podSandboxId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.podSandboxId);
                if (message.verbose != null && $Object.hasOwnProperty.call(message, "verbose") && message.verbose !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.verbose);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandboxStatusRequest message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandboxStatusRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxStatusRequest & runtime.v1.PodSandboxStatusRequest.$Shape} PodSandboxStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandboxStatusRequest.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.PodSandboxStatusRequest();
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
                                message.podSandboxId = value;
                            else
                                delete message.podSandboxId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.verbose = value;
                            else
                                delete message.verbose;
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

            return PodSandboxStatusRequest;
        })();

        v1.PodSandboxStatusResponse = (function() {

            /**
             * Properties of a PodSandboxStatusResponse.
             * @typedef {Object} runtime.v1.PodSandboxStatusResponse.$Properties
             * @property {runtime.v1.PodSandboxStatus.$Properties|null} [status] PodSandboxStatusResponse status
             * @property {Object.<string,string>|null} [info] PodSandboxStatusResponse info
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandboxStatusResponse.
             * @memberof runtime.v1
             * @interface IPodSandboxStatusResponse
             * @augments runtime.v1.PodSandboxStatusResponse.$Properties
             * @deprecated Use runtime.v1.PodSandboxStatusResponse.$Properties instead.
             */

            /**
             * Shape of a PodSandboxStatusResponse.
             * @typedef {runtime.v1.PodSandboxStatusResponse.$Properties} runtime.v1.PodSandboxStatusResponse.$Shape
             */

            /**
             * Constructs a new PodSandboxStatusResponse.
             * @memberof runtime.v1
             * @classdesc Represents a PodSandboxStatusResponse.
             * @constructor
             * @param {runtime.v1.PodSandboxStatusResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandboxStatusResponse = function (properties) {
                this.info = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodSandboxStatusResponse status.
             * @member {runtime.v1.PodSandboxStatus.$Properties|null|undefined} status
             * @memberof runtime.v1.PodSandboxStatusResponse
             * @instance
             */
            PodSandboxStatusResponse.prototype.status = null;

            /**
             * PodSandboxStatusResponse info.
             * @member {Object.<string,string>} info
             * @memberof runtime.v1.PodSandboxStatusResponse
             * @instance
             */
            PodSandboxStatusResponse.prototype.info = $util.emptyObject;

            /**
             * Encodes the specified PodSandboxStatusResponse message. Does not implicitly {@link runtime.v1.PodSandboxStatusResponse.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandboxStatusResponse
             * @static
             * @param {runtime.v1.PodSandboxStatusResponse.$Properties} message PodSandboxStatusResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandboxStatusResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                    $root.runtime.v1.PodSandboxStatus.encode(message.status, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.info != null && $Object.hasOwnProperty.call(message, "info"))
                    for (let keys = $Object.keys(message.info), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.info[keys[i]]).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandboxStatusResponse message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandboxStatusResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxStatusResponse & runtime.v1.PodSandboxStatusResponse.$Shape} PodSandboxStatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandboxStatusResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.PodSandboxStatusResponse();
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
                            message.status = $root.runtime.v1.PodSandboxStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.status);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (message.info === $util.emptyObject)
                                message.info = {};
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
                                $util.makeProp(message.info, key);
                            message.info[key] = value;
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

            return PodSandboxStatusResponse;
        })();

        v1.PodSandboxStatus = (function() {

            /**
             * Properties of a PodSandboxStatus.
             * @typedef {Object} runtime.v1.PodSandboxStatus.$Properties
             * @property {string|null} [id] PodSandboxStatus id
             * @property {runtime.v1.PodSandboxMetadata.$Properties|null} [metadata] PodSandboxStatus metadata
             * @property {runtime.v1.PodSandboxState|null} [state] PodSandboxStatus state
             * @property {Long|null} [createdAt] PodSandboxStatus createdAt
             * @property {runtime.v1.PodSandboxNetworkStatus.$Properties|null} [network] PodSandboxStatus network
             * @property {runtime.v1.LinuxPodSandboxStatus.$Properties|null} [linux] PodSandboxStatus linux
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandboxStatus.
             * @memberof runtime.v1
             * @interface IPodSandboxStatus
             * @augments runtime.v1.PodSandboxStatus.$Properties
             * @deprecated Use runtime.v1.PodSandboxStatus.$Properties instead.
             */

            /**
             * Shape of a PodSandboxStatus.
             * @typedef {runtime.v1.PodSandboxStatus.$Properties} runtime.v1.PodSandboxStatus.$Shape
             */

            /**
             * Constructs a new PodSandboxStatus.
             * @memberof runtime.v1
             * @classdesc Represents a PodSandboxStatus.
             * @constructor
             * @param {runtime.v1.PodSandboxStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandboxStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodSandboxStatus id.
             * @member {string} id
             * @memberof runtime.v1.PodSandboxStatus
             * @instance
             */
            PodSandboxStatus.prototype.id = "";

            /**
             * PodSandboxStatus metadata.
             * @member {runtime.v1.PodSandboxMetadata.$Properties|null|undefined} metadata
             * @memberof runtime.v1.PodSandboxStatus
             * @instance
             */
            PodSandboxStatus.prototype.metadata = null;

            /**
             * PodSandboxStatus state.
             * @member {runtime.v1.PodSandboxState} state
             * @memberof runtime.v1.PodSandboxStatus
             * @instance
             */
            PodSandboxStatus.prototype.state = 0;

            /**
             * PodSandboxStatus createdAt.
             * @member {Long} createdAt
             * @memberof runtime.v1.PodSandboxStatus
             * @instance
             */
            PodSandboxStatus.prototype.createdAt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

            /**
             * PodSandboxStatus network.
             * @member {runtime.v1.PodSandboxNetworkStatus.$Properties|null|undefined} network
             * @memberof runtime.v1.PodSandboxStatus
             * @instance
             */
            PodSandboxStatus.prototype.network = null;

            /**
             * PodSandboxStatus linux.
             * @member {runtime.v1.LinuxPodSandboxStatus.$Properties|null|undefined} linux
             * @memberof runtime.v1.PodSandboxStatus
             * @instance
             */
            PodSandboxStatus.prototype.linux = null;

            /**
             * Encodes the specified PodSandboxStatus message. Does not implicitly {@link runtime.v1.PodSandboxStatus.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandboxStatus
             * @static
             * @param {runtime.v1.PodSandboxStatus.$Properties} message PodSandboxStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandboxStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.metadata != null && $Object.hasOwnProperty.call(message, "metadata"))
                    $root.runtime.v1.PodSandboxMetadata.encode(message.metadata, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.state);
                if (message.createdAt != null && $Object.hasOwnProperty.call(message, "createdAt") && (typeof message.createdAt === "object" ? message.createdAt.low || message.createdAt.high : message.createdAt !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).int64(message.createdAt);
                if (message.network != null && $Object.hasOwnProperty.call(message, "network"))
                    $root.runtime.v1.PodSandboxNetworkStatus.encode(message.network, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.linux != null && $Object.hasOwnProperty.call(message, "linux"))
                    $root.runtime.v1.LinuxPodSandboxStatus.encode(message.linux, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandboxStatus message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandboxStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxStatus & runtime.v1.PodSandboxStatus.$Shape} PodSandboxStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandboxStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.PodSandboxStatus();
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
                            if (wireType !== 2)
                                break;
                            message.metadata = $root.runtime.v1.PodSandboxMetadata.decode(reader, reader.size(), $undefined, _depth + 1, message.metadata);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.int64()) === "object" ? value.low || value.high : value !== 0)
                                message.createdAt = value;
                            else
                                delete message.createdAt;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.network = $root.runtime.v1.PodSandboxNetworkStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.network);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.linux = $root.runtime.v1.LinuxPodSandboxStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.linux);
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

            return PodSandboxStatus;
        })();

        v1.PodSandboxNetworkStatus = (function() {

            /**
             * Properties of a PodSandboxNetworkStatus.
             * @typedef {Object} runtime.v1.PodSandboxNetworkStatus.$Properties
             * @property {string|null} [ip] PodSandboxNetworkStatus ip
             * @property {Array.<runtime.v1.PodIP.$Properties>|null} [additionalIps] PodSandboxNetworkStatus additionalIps
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodSandboxNetworkStatus.
             * @memberof runtime.v1
             * @interface IPodSandboxNetworkStatus
             * @augments runtime.v1.PodSandboxNetworkStatus.$Properties
             * @deprecated Use runtime.v1.PodSandboxNetworkStatus.$Properties instead.
             */

            /**
             * Shape of a PodSandboxNetworkStatus.
             * @typedef {runtime.v1.PodSandboxNetworkStatus.$Properties} runtime.v1.PodSandboxNetworkStatus.$Shape
             */

            /**
             * Constructs a new PodSandboxNetworkStatus.
             * @memberof runtime.v1
             * @classdesc Represents a PodSandboxNetworkStatus.
             * @constructor
             * @param {runtime.v1.PodSandboxNetworkStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodSandboxNetworkStatus = function (properties) {
                this.additionalIps = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodSandboxNetworkStatus ip.
             * @member {string} ip
             * @memberof runtime.v1.PodSandboxNetworkStatus
             * @instance
             */
            PodSandboxNetworkStatus.prototype.ip = "";

            /**
             * PodSandboxNetworkStatus additionalIps.
             * @member {Array.<runtime.v1.PodIP.$Properties>} additionalIps
             * @memberof runtime.v1.PodSandboxNetworkStatus
             * @instance
             */
            PodSandboxNetworkStatus.prototype.additionalIps = $util.emptyArray;

            /**
             * Encodes the specified PodSandboxNetworkStatus message. Does not implicitly {@link runtime.v1.PodSandboxNetworkStatus.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodSandboxNetworkStatus
             * @static
             * @param {runtime.v1.PodSandboxNetworkStatus.$Properties} message PodSandboxNetworkStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodSandboxNetworkStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ip != null && $Object.hasOwnProperty.call(message, "ip") && message.ip !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.ip);
                if (message.additionalIps != null && message.additionalIps.length)
                    for (let i = 0; i < message.additionalIps.length; ++i)
                        $root.runtime.v1.PodIP.encode(message.additionalIps[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodSandboxNetworkStatus message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodSandboxNetworkStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodSandboxNetworkStatus & runtime.v1.PodSandboxNetworkStatus.$Shape} PodSandboxNetworkStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodSandboxNetworkStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.PodSandboxNetworkStatus();
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
                                message.ip = value;
                            else
                                delete message.ip;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.additionalIps && message.additionalIps.length))
                                message.additionalIps = [];
                            message.additionalIps.push($root.runtime.v1.PodIP.decode(reader, reader.size(), $undefined, _depth + 1));
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

            return PodSandboxNetworkStatus;
        })();

        v1.PodIP = (function() {

            /**
             * Properties of a PodIP.
             * @typedef {Object} runtime.v1.PodIP.$Properties
             * @property {string|null} [ip] PodIP ip
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PodIP.
             * @memberof runtime.v1
             * @interface IPodIP
             * @augments runtime.v1.PodIP.$Properties
             * @deprecated Use runtime.v1.PodIP.$Properties instead.
             */

            /**
             * Shape of a PodIP.
             * @typedef {runtime.v1.PodIP.$Properties} runtime.v1.PodIP.$Shape
             */

            /**
             * Constructs a new PodIP.
             * @memberof runtime.v1
             * @classdesc Represents a PodIP.
             * @constructor
             * @param {runtime.v1.PodIP.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PodIP = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PodIP ip.
             * @member {string} ip
             * @memberof runtime.v1.PodIP
             * @instance
             */
            PodIP.prototype.ip = "";

            /**
             * Encodes the specified PodIP message. Does not implicitly {@link runtime.v1.PodIP.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.PodIP
             * @static
             * @param {runtime.v1.PodIP.$Properties} message PodIP message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PodIP.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ip != null && $Object.hasOwnProperty.call(message, "ip") && message.ip !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.ip);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PodIP message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.PodIP
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.PodIP & runtime.v1.PodIP.$Shape} PodIP
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PodIP.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.PodIP();
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
                                message.ip = value;
                            else
                                delete message.ip;
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

            return PodIP;
        })();

        v1.LinuxPodSandboxStatus = (function() {

            /**
             * Properties of a LinuxPodSandboxStatus.
             * @typedef {Object} runtime.v1.LinuxPodSandboxStatus.$Properties
             * @property {runtime.v1.Namespace.$Properties|null} [namespaces] LinuxPodSandboxStatus namespaces
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LinuxPodSandboxStatus.
             * @memberof runtime.v1
             * @interface ILinuxPodSandboxStatus
             * @augments runtime.v1.LinuxPodSandboxStatus.$Properties
             * @deprecated Use runtime.v1.LinuxPodSandboxStatus.$Properties instead.
             */

            /**
             * Shape of a LinuxPodSandboxStatus.
             * @typedef {runtime.v1.LinuxPodSandboxStatus.$Properties} runtime.v1.LinuxPodSandboxStatus.$Shape
             */

            /**
             * Constructs a new LinuxPodSandboxStatus.
             * @memberof runtime.v1
             * @classdesc Represents a LinuxPodSandboxStatus.
             * @constructor
             * @param {runtime.v1.LinuxPodSandboxStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LinuxPodSandboxStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LinuxPodSandboxStatus namespaces.
             * @member {runtime.v1.Namespace.$Properties|null|undefined} namespaces
             * @memberof runtime.v1.LinuxPodSandboxStatus
             * @instance
             */
            LinuxPodSandboxStatus.prototype.namespaces = null;

            /**
             * Encodes the specified LinuxPodSandboxStatus message. Does not implicitly {@link runtime.v1.LinuxPodSandboxStatus.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.LinuxPodSandboxStatus
             * @static
             * @param {runtime.v1.LinuxPodSandboxStatus.$Properties} message LinuxPodSandboxStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LinuxPodSandboxStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.namespaces != null && $Object.hasOwnProperty.call(message, "namespaces"))
                    $root.runtime.v1.Namespace.encode(message.namespaces, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LinuxPodSandboxStatus message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.LinuxPodSandboxStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.LinuxPodSandboxStatus & runtime.v1.LinuxPodSandboxStatus.$Shape} LinuxPodSandboxStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LinuxPodSandboxStatus.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.LinuxPodSandboxStatus();
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
                            message.namespaces = $root.runtime.v1.Namespace.decode(reader, reader.size(), $undefined, _depth + 1, message.namespaces);
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

            return LinuxPodSandboxStatus;
        })();

        v1.Namespace = (function() {

            /**
             * Properties of a Namespace.
             * @typedef {Object} runtime.v1.Namespace.$Properties
             * @property {runtime.v1.NamespaceOption.$Properties|null} [options] Namespace options
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Namespace.
             * @memberof runtime.v1
             * @interface INamespace
             * @augments runtime.v1.Namespace.$Properties
             * @deprecated Use runtime.v1.Namespace.$Properties instead.
             */

            /**
             * Shape of a Namespace.
             * @typedef {runtime.v1.Namespace.$Properties} runtime.v1.Namespace.$Shape
             */

            /**
             * Constructs a new Namespace.
             * @memberof runtime.v1
             * @classdesc Represents a Namespace.
             * @constructor
             * @param {runtime.v1.Namespace.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Namespace = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Namespace options.
             * @member {runtime.v1.NamespaceOption.$Properties|null|undefined} options
             * @memberof runtime.v1.Namespace
             * @instance
             */
            Namespace.prototype.options = null;

            /**
             * Encodes the specified Namespace message. Does not implicitly {@link runtime.v1.Namespace.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.Namespace
             * @static
             * @param {runtime.v1.Namespace.$Properties} message Namespace message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Namespace.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.options != null && $Object.hasOwnProperty.call(message, "options"))
                    $root.runtime.v1.NamespaceOption.encode(message.options, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Namespace message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.Namespace
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.Namespace & runtime.v1.Namespace.$Shape} Namespace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Namespace.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.Namespace();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.options = $root.runtime.v1.NamespaceOption.decode(reader, reader.size(), $undefined, _depth + 1, message.options);
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

            return Namespace;
        })();

        /**
         * NamespaceMode enum.
         * @name runtime.v1.NamespaceMode
         * @enum {number}
         * @property {number} POD=0 POD value
         * @property {number} CONTAINER=1 CONTAINER value
         * @property {number} NODE=2 NODE value
         * @property {number} TARGET=3 TARGET value
         */
        v1.NamespaceMode = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "POD"] = 0;
            values[valuesById[1] = "CONTAINER"] = 1;
            values[valuesById[2] = "NODE"] = 2;
            values[valuesById[3] = "TARGET"] = 3;
            return values;
        })();

        v1.NamespaceOption = (function() {

            /**
             * Properties of a NamespaceOption.
             * @typedef {Object} runtime.v1.NamespaceOption.$Properties
             * @property {runtime.v1.NamespaceMode|null} [network] NamespaceOption network
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NamespaceOption.
             * @memberof runtime.v1
             * @interface INamespaceOption
             * @augments runtime.v1.NamespaceOption.$Properties
             * @deprecated Use runtime.v1.NamespaceOption.$Properties instead.
             */

            /**
             * Shape of a NamespaceOption.
             * @typedef {runtime.v1.NamespaceOption.$Properties} runtime.v1.NamespaceOption.$Shape
             */

            /**
             * Constructs a new NamespaceOption.
             * @memberof runtime.v1
             * @classdesc Represents a NamespaceOption.
             * @constructor
             * @param {runtime.v1.NamespaceOption.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NamespaceOption = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NamespaceOption network.
             * @member {runtime.v1.NamespaceMode} network
             * @memberof runtime.v1.NamespaceOption
             * @instance
             */
            NamespaceOption.prototype.network = 0;

            /**
             * Encodes the specified NamespaceOption message. Does not implicitly {@link runtime.v1.NamespaceOption.verify|verify} messages.
             * @function encode
             * @memberof runtime.v1.NamespaceOption
             * @static
             * @param {runtime.v1.NamespaceOption.$Properties} message NamespaceOption message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NamespaceOption.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.network != null && $Object.hasOwnProperty.call(message, "network") && message.network !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.network);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NamespaceOption message from the specified reader or buffer.
             * @function decode
             * @memberof runtime.v1.NamespaceOption
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {runtime.v1.NamespaceOption & runtime.v1.NamespaceOption.$Shape} NamespaceOption
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NamespaceOption.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.runtime.v1.NamespaceOption();
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
                                message.network = value;
                            else
                                delete message.network;
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

            return NamespaceOption;
        })();

        return v1;
    })();

    return runtime;
})();

export {
  $root as default
};
